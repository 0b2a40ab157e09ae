#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tokenizer_agrees.py MODEL CLI: holds `octavo-cli tokenize` against transformers on a model folder.

More than 2000 random strings (code, Unicode, whitespace, special tokens) go through a few dozen files, each of which is one text of many
strings, and a set of conversations through the chat template. Ends with 0 when all agree, with 1 and the first differences when not."""
import json
import pathlib
import subprocess
import sys
import tempfile

from transformers import AutoTokenizer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from make_text_fixtures import CHATS, texts  # noqa: E402

FILES, STRINGS = 60, 40


def ask(cli, model, option, file):
    done = subprocess.run([cli, "tokenize", model, option, str(file), "--json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{file}: octavo-cli ended with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def compare_text(tokenizer, model, cli, folder, number):
    text = "".join(texts(STRINGS, 1000 + number)) if number % 2 else "\n".join(texts(STRINGS, 1000 + number))
    text = text.replace("\0", "").lstrip("\ufeff")  # a dataset's byte order mark is not text
    file = folder / f"{number}.txt"
    file.write_bytes(text.encode())
    answer = ask(cli, model, "--text", file)
    expected = [tokenizer(text, add_special_tokens=flag)["input_ids"] for flag in (False, True)]
    return answer["ids"] in expected


def compare_chat(tokenizer, model, cli, folder, number, messages):
    try:
        expected = tokenizer.apply_chat_template(messages, tokenize=False)
    except Exception:  # the template refuses this conversation; the messages of refusals are tested elsewhere
        return None
    file = folder / f"chat{number}.jsonl"
    file.write_text(json.dumps({"messages": messages}) + "\n")
    answer = ask(cli, model, "--messages", file)
    ids = tokenizer(expected, add_special_tokens=False)["input_ids"]
    if answer["text"] != expected:
        print(f"chat {number}:\n  ours     {answer['text']!r}\n  expected {expected!r}")
    return answer["text"] == expected and answer["ids"] == ids


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    model, cli = sys.argv[1:]
    tokenizer = AutoTokenizer.from_pretrained(model)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wrong = [f"text {n}" for n in range(FILES) if not compare_text(tokenizer, model, cli, folder, n)]
        chats = []
        if tokenizer.chat_template:
            chats = [compare_chat(tokenizer, model, cli, folder, n, chat) for n, chat in enumerate(CHATS)]
        wrong += [f"chat {n}" for n, same in enumerate(chats) if same is False]
    print(f"{FILES * STRINGS} strings in {FILES} texts, {sum(same is not None for same in chats)} chats: {len(wrong)} differ {wrong[:5]}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
