# SPDX-License-Identifier: GPL-3.0-or-later
"""make_ids.py MODEL DATASET OUT --rows N --length L: packed rows of token ids out of JSON Lines with `messages` or ShareGPT `conversations`,
rendered and tokenised by transformers, so that both sides of a comparison calibrate with exactly the same tokens; without a chat template, what was
said, paragraph by paragraph. Prints the number of rows."""
import argparse
import json

from transformers import AutoTokenizer

ROLES = {"human": "user", "gpt": "assistant", "system": "system"}


def chats(file):
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            yield entry.get("messages") or [{"role": ROLES[turn["from"]], "content": turn["value"]} for turn in entry["conversations"]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("dataset")
    parser.add_argument("out")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--length", type=int, required=True)
    arguments = parser.parse_args()

    tokenizer = AutoTokenizer.from_pretrained(arguments.model)
    stream = []
    for messages in chats(arguments.dataset):
        if tokenizer.chat_template:
            text = tokenizer.apply_chat_template(messages, tokenize=False)
        else:
            text = "".join(message["content"] + "\n\n" for message in messages)
        stream += tokenizer(text, add_special_tokens=False)["input_ids"]
        if len(stream) >= arguments.rows * arguments.length:
            break
    count = min(arguments.rows, len(stream) // arguments.length)
    rows = [stream[i * arguments.length:(i + 1) * arguments.length] for i in range(count)]
    with open(arguments.out, "w", encoding="utf-8") as file:
        json.dump(rows, file)
    print(count)


main()
