#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pretokenizers_agree.py TOOL: Octavo's tokenizer and chat templates against transformers, for every kind of tokenizer that models ship.

Small tokenizers are trained with the Python package, one of each kind of normalizer, pre-tokenizer, model and post-processor in use; then 2500 random strings
of each (code, scripts, whitespace, control characters, special tokens) go through TOOL (octavo-tokenize) and transformers one by one: ids with and
without special tokens, and what the ids decode to. Random conversations go through the templates of tests/text/templates, with tools, thinking
switches and dates. Ends with 0 when all agree, with 1 and the first differences when not."""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template

from make_text_fixtures import CORPUS, SPLIT as LLAMA3, TOKENS, TOOL, texts
from results import Results

STRINGS, CHATS = 2500, 60
QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
GPT4O = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
BYTES = pre_tokenizers.ByteLevel.alphabet()
TEMPLATES = pathlib.Path(__file__).resolve().parent.parent / "text" / "templates"
DATES = "{% for format in ['%d %b %Y', '%Y-%m-%d', '%A, %B %d', '%j', '%y/%m/%d', '%a %e %h', '%U', '%%'] %}{{ strftime_now(format) }};{% endfor %}"
REASONING = """{%- macro shown(tool) -%}<tool name="{{ tool.function.name }}">{{ tool.function.parameters | tojson(indent=2) }}</tool>{%- endmacro -%}
{%- set state = namespace(system='', started=false) -%}
{%- for m in messages if m.role == 'system' -%}{%- set state.system = state.system ~ ('\\n' if not loop.first else '') ~ m.content | trim -%}{%- endfor -%}
{{- bos_token -}}
{%- if state.system or tools -%}[SYS]{{ state.system }}{% for tool in tools or [] %}{{ '\\n' ~ shown(tool) }}{% endfor %}[/SYS]{%- endif -%}
{%- for m in messages if m.role != 'system' -%}
{%- if m.role not in ['user', 'assistant', 'tool'] -%}{{ raise_exception('Role ' ~ m.role ~ ' is unknown') }}{%- endif -%}
{%- set content = m.content -%}
{%- if m.role == 'assistant' and not loop.last and '</think>' in content -%}{%- set content = content.split('</think>')[-1].lstrip() -%}{%- endif -%}
{{ '[' ~ m.role | upper ~ ':' ~ loop.index0 ~ '/' ~ loop.length ~ ']' ~ content }}{{ eos_token if m.role == 'assistant' and not loop.last }}
{%- if loop.index0 >= 6 -%}{%- break -%}{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}[ASSISTANT]{{ '<think>\\n' if enable_thinking | default(true) else '<think></think>' }}{%- endif -%}"""


def split(pattern):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def bpe(pre, normalizer=None, decoder=None, alphabet=BYTES, post=None, special=("<s>", "</s>"), **model):
    tokenizer = Tokenizer(models.BPE(**model))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre:
        tokenizer.pre_tokenizer = pre
    tokenizer.decoder = decoder or decoders.ByteLevel()
    first = [AddedToken(t, special=True, normalized=False) for t in special]
    more = [f"<0x{byte:02X}>" for byte in range(256)] if model.get("byte_fallback") else []
    tokenizer.train_from_iterator(CORPUS * 3, trainers.BpeTrainer(vocab_size=900, special_tokens=first + more, show_progress=False, initial_alphabet=alphabet))
    tokenizer.add_tokens([AddedToken("<|user|>", special=False, normalized=False, rstrip=True), AddedToken("<|sys|>", special=True, normalized=False, lstrip=True)])
    if post:
        tokenizer.post_processor = post(tokenizer)
    return tokenizer


def template(tokenizer):
    return processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", tokenizer.token_to_id("<s>"))])


def template_and_bytes(tokenizer):
    return processors.Sequence([processors.ByteLevel(trim_offsets=False), template(tokenizer)])


def unigram(normalizer, pre):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer, tokenizer.pre_tokenizer, tokenizer.decoder = normalizer, pre, decoders.Metaspace()
    tokenizer.train_from_iterator(CORPUS * 3, trainers.UnigramTrainer(vocab_size=300, special_tokens=["<s>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False))
    tokenizer.post_processor = template(tokenizer)
    return tokenizer


SENTENCE_DECODER = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
KINDS = {
    "byte-level, GPT-2": lambda: bpe(pre_tokenizers.ByteLevel(add_prefix_space=False)),
    "byte-level, prefix space": lambda: bpe(pre_tokenizers.ByteLevel(add_prefix_space=True), post=template_and_bytes),
    "Llama-3 regex": lambda: bpe(split(LLAMA3), post=template_and_bytes, ignore_merges=True),
    "Qwen regex, NFC": lambda: bpe(split(QWEN), normalizer=normalizers.NFC()),
    "GPT-4o regex": lambda: bpe(split(GPT4O)),
    "single digits": lambda: bpe(pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])),
    "DeepSeek splits": lambda: bpe(pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"[\r\n]"), "isolated"), pre_tokenizers.Split(Regex(r"\s?\p{L}+"), "isolated"),
        pre_tokenizers.Split(Regex(r"\s?\p{P}+"), "isolated"), pre_tokenizers.Split(Regex(r"[一-龥ࠀ-一가-퟿]+"), "isolated"),
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]), post=template),
    "punctuation, contiguous digits": lambda: bpe(pre_tokenizers.Sequence([
        pre_tokenizers.Punctuation("contiguous"), pre_tokenizers.Digits(individual_digits=False), pre_tokenizers.ByteLevel(add_prefix_space=False)])),
    "sentencepiece BPE, byte fallback": lambda: bpe(
        None, normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]), SENTENCE_DECODER, [], template, ("<unk>", "<s>", "</s>"),
        byte_fallback=True, fuse_unk=True, unk_token="<unk>"),
    "metaspace BPE, first": lambda: bpe(
        pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False), None, SENTENCE_DECODER, [], template, ("<unk>", "<s>", "</s>"),
        byte_fallback=True, fuse_unk=True, unk_token="<unk>"),
    "Gemma: spaces replaced, no prefix": lambda: bpe(
        pre_tokenizers.Split(" ", "merged_with_previous"), normalizers.Replace(" ", "▁"), decoders.Sequence(
            [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()]), [], template, ("<pad>", "</s>", "<s>", "<unk>"),
        byte_fallback=True, fuse_unk=True, unk_token="<unk>"),
    "unigram, NFKC, metaspace": lambda: unigram(normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]), pre_tokenizers.Metaspace()),
    "unigram, NFD without accents, lower case": lambda: unigram(
        normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]), pre_tokenizers.Metaspace(prepend_scheme="never")),
}


def save(tokenizer, folder):
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "clean_up_tokenization_spaces": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return AutoTokenizer.from_pretrained(folder)


def sentencepiece_model(folder, kind):
    """tokenizer.model alone, which Octavo reads with the sentencepiece library; the reference is the Python package's."""
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(CORPUS * 40))
    sentencepiece.SentencePieceTrainer.Train(
        input=str(corpus), model_prefix=str(folder / "tokenizer"), vocab_size=360, model_type=kind, byte_fallback=True, normalization_rule_name="identity",
        remove_extra_whitespaces=False, minloglevel=3, character_coverage=0.995)
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "LlamaTokenizer", "add_bos_token": True}))
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))


def ask(tool, folder, strings=(), chats=()):
    requests, out = folder / "requests.json", folder / "out.json"
    requests.write_text(json.dumps({"texts": list(strings), "chats": list(chats)}))
    done = subprocess.run([tool, folder, requests, out], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"octavo-tokenize ended with {done.returncode}: {done.stderr}")
    return json.loads(out.read_text())


def expected_of(reference, text):
    if isinstance(reference, sentencepiece.SentencePieceProcessor):
        ids = reference.encode(text)
        return ids, [reference.bos_id(), *ids], None
    ids = reference(text, add_special_tokens=False)["input_ids"]
    return ids, reference(text)["input_ids"], reference.decode(ids, clean_up_tokenization_spaces=False)


def compare_kind(tool, name, folder, reference, seed):
    strings = list(texts(STRINGS, seed))
    if isinstance(reference, sentencepiece.SentencePieceProcessor):  # it knows control tokens as tokens only, and ends a text at NUL
        strings = [each.replace("<s>", "").replace("</s>", "") for each in strings]
    wrong = []
    for text, answer in zip(strings, ask(tool, folder, strings)["texts"]):
        ids, special, decoded = expected_of(reference, text)
        if answer["ids"] != ids or answer["special"] != special or decoded not in (None, answer["decoded"]):
            wrong.append(text)
    print(f"{name:42} {STRINGS} strings: {len(wrong)} differ {[ascii(each)[:60] for each in wrong[:3]]}", flush=True)
    return wrong


def random_chats(seed):
    generator = random.Random(seed)
    strings = list(texts(400, seed))
    for _ in range(CHATS):
        messages = [{"role": "system", "content": generator.choice(strings)}] if generator.random() < 0.5 else []
        for turn in range(generator.randint(1, 8)):
            role = ("user", "assistant")[turn % 2] if generator.random() < 0.85 else generator.choice(["tool", "system", "user", "assistant", "critic"])
            content = generator.choice(strings)
            messages.append({"role": role, "content": f"<think>\n{generator.choice(strings)}</think>{content}" if generator.random() < 0.2 else content})
        extra = {"date_string": "26 Jul 2024", "data": {"a": [1, None], "list": ["x", "y"]}}
        if generator.random() < 0.4:
            extra["tools"] = [TOOL] * generator.randint(1, 3)
        if generator.random() < 0.5:
            extra["enable_thinking"] = generator.random() < 0.5
        yield {"messages": messages, "add_generation_prompt": generator.random() < 0.5, "extra": extra}


def compare_template(tool, name, source, folder):
    (folder / "chat_template.jinja").write_text(source)
    chats, wrong, refused = list(random_chats(len(source))), [], 0
    for chat, answer in zip(chats, ask(tool, folder, chats=chats)["chats"]):
        keywords = {key: value for key, value in chat["extra"].items() if key != "tools"}
        try:
            expected, _ = render_jinja_template([chat["messages"]], tools=chat["extra"].get("tools"), chat_template=source,
                                                add_generation_prompt=chat["add_generation_prompt"], **TOKENS, **keywords)
            same = answer.get("text") == expected[0]
        except Exception as error:  # what the template raised
            refused += 1
            same = str(error) in answer.get("error", "")
            expected = [f"error: {error}"]
        if not same:
            wrong.append((expected[0], answer))
    print(f"template {name:33} {len(chats)} chats, {refused} refused by it: {len(wrong)} differ {wrong[:1]}", flush=True)
    return wrong


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tool, results, ok = sys.argv[1], Results("text"), True
    with tempfile.TemporaryDirectory() as scratch:
        makers = {name: (lambda folder, make=make: save(make(), folder)) for name, make in KINDS.items()}
        makers |= {f"tokenizer.model, {kind}": (lambda folder, kind=kind: sentencepiece_model(folder, kind)) for kind in ("bpe", "unigram")}
        for number, (name, make) in enumerate(makers.items()):
            folder = pathlib.Path(scratch) / str(number)
            folder.mkdir()
            wrong = compare_kind(tool, name, folder, make(folder), 100 + number)
            results.add(check="tokenizer", model=name, ok=not wrong, text=f"{STRINGS - len(wrong)} of {STRINGS} strings")
            ok &= not wrong
        folder = pathlib.Path(scratch) / "0"
        sources = {file.stem: file.read_text() for file in sorted(TEMPLATES.glob("*.jinja"))} | {"dates": DATES, "merged systems, reasoning": REASONING}
        for name, source in sources.items():
            wrong = compare_template(tool, name, source, folder)
            results.add(check="template", model=name, ok=not wrong, text=f"{CHATS - len(wrong)} of {CHATS} chats")
            ok &= not wrong
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
