#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the fixtures of tests/text with the Python packages tokenizers and transformers: a tiny byte-level BPE tokenizer, golden ids and
golden renderings of tests/text/templates/*.jinja. Run it again only when a template or a case changes; the results are committed."""
import json
import pathlib
import random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template

HERE = pathlib.Path(__file__).resolve().parent.parent / "text"
CORPUS = [
    "The quick brown fox jumps over the lazy dog. A layer of the model reads its input and writes its output.",
    "def quantize(weight, scale):\n    return [round(value / scale) for value in weight]\n",
    "Der Ofen ist heiß, die Straße ist naß. Größe, Übung, Äpfel.",
    "El niño come mañana; ¿qué hora es? 机器学习模型的权重需要量化。",
    "for (int i = 0; i < count; ++i) sum += values[i] * 3.14159;\n\n\tThat's what we're doing, isn't it?",
]
SPLIT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
ALPHABETS = ["abcdefghij XYZ", "0123456789.,-+eE", " \t\n\r\u00a0\u2003\u200b", "äöüßéñ¿çøÅ\u0301\u0308", "机器学习模型的权重需要量化。",
             "{}[]()<>;:'\"`~!@#$%^&*_=|\\/?", "🙂👩‍👩‍👧🇩🇪\ufe0f𝄞", "Привет мир שלום مرحبا नमस्ते", "\x01\x7f\u0085\u2028\ufeff\ufffd"]


def texts(count, seed):
    generator = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(generator.randint(1, 6)):
            kind = generator.random()
            if kind < 0.35:
                line = generator.choice(CORPUS)
                start = generator.randrange(len(line))
                parts.append(line[start:start + generator.randint(1, 30)])
            elif kind < 0.45:
                parts.append(generator.choice(["<s>", "</s>", "<|user|>", " <|user|> ", "<s", "s>"]))
            else:
                alphabet = generator.choice(ALPHABETS)
                parts.append("".join(generator.choice(alphabet) for _ in range(generator.randint(1, 12))))
        yield "".join(parts)


def make_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(SPLIT), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    special = [AddedToken(t, special=True, normalized=False) for t in ("<s>", "</s>")]
    trainer = trainers.BpeTrainer(vocab_size=480, special_tokens=special, show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_tokens([AddedToken("<|user|>", special=False, normalized=False, rstrip=True)])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 0)])
    # Truncation and padding in the file are to be ignored, as transformers does.
    tokenizer.enable_truncation(7)
    folder = HERE / "tiny"
    folder.mkdir(exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {"bos_token": {"__type": "AddedToken", "content": "<s>", "special": True}, "eos_token": "</s>", "pad_token": None,
              "tokenizer_class": "PreTrainedTokenizerFast", "chat_template": (HERE / "templates" / "chatml.jinja").read_text()}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1))
    return PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), bos_token="<s>", eos_token="</s>")


def golden_ids(tokenizer):
    cases = []
    for text in [*CORPUS, "", " ", "\n", "a", *texts(200, 1)]:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        cases.append({"text": text, "ids": ids, "with_special": tokenizer(text)["input_ids"],
                      "decoded": tokenizer.decode(ids, clean_up_tokenization_spaces=False)})
    (HERE / "tiny" / "golden_ids.json").write_text(
        "[\n" + ",\n".join(json.dumps(case, ensure_ascii=True) for case in cases) + "\n]\n")


def user(content): return {"role": "user", "content": content}
def assistant(content): return {"role": "assistant", "content": content}
def system(content): return {"role": "system", "content": content}


TOOL = {"type": "function", "function": {"name": "weather", "description": "It's <b>cold</b> & wet: ü€",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "number", "default": 1.5}},
                       "required": ["city"], "empty": [], "nothing": None, "flag": True}}}
CHATS = [
    [user("Hello")],
    [system("  Be brief. "), user(" What is 2+2?\n"), assistant("<think>\nEasy.\n</think>\n\n4 "), user("Thänks <s> 👍")],
    [user("a"), assistant("b"), user("c"), assistant(" d\n")],
    [system("s"), user("u")],
    [user("call"), assistant(""), {"role": "tool", "content": "{\"t\": 3}"}, {"role": "tool", "content": "again"}],
    [assistant("first")],
]
EXTRAS = [{}, {"tools": [TOOL, TOOL]}, {"enable_thinking": False}]
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}


def golden_chats():
    cases = []
    for file in sorted((HERE / "templates").glob("*.jinja")):
        for messages in CHATS:
            for extra in EXTRAS:
                for prompt in (False, True):
                    variables = {**extra, "date_string": "26 Jul 2024", "data": {"b": 1, "a": [1.5, None], "list": ["x", "y"], "s": "q\"\\\n\u0001é"}}
                    case = {"template": file.name, "messages": messages, "add_generation_prompt": prompt, "extra": variables}
                    keywords = {key: value for key, value in variables.items() if key != "tools"}
                    try:
                        rendered, _ = render_jinja_template([messages], tools=variables.get("tools"), chat_template=file.read_text(),
                                                            add_generation_prompt=prompt, **TOKENS, **keywords)
                        case["expected"] = rendered[0]
                    except Exception as error:  # what the template raised
                        case["error"] = str(error)
                    cases.append(case)
    short, seen = [], set()
    for case in cases:  # combinations that a template does not tell apart are kept once
        key = (case["template"], case.get("expected"), case.get("error"))
        if key not in seen:
            seen.add(key)
            short.append(case)
    (HERE / "templates" / "golden.json").write_text("[\n" + ",\n".join(json.dumps(case, ensure_ascii=True) for case in short) + "\n]\n")


if __name__ == "__main__":
    golden_ids(make_tokenizer())
    golden_chats()
