# SPDX-License-Identifier: GPL-3.0-or-later
"""make_parquet_fixtures.py FOLDER: small Parquet files as pyarrow writes them, with every compression that data sets come in."""
import pathlib
import sys

import pyarrow
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
chats = [[{"role": "user", "content": "a question"}, {"role": "assistant", "content": "its answer: 好"}],
         [{"role": "system", "content": "s"}, {"role": "user", "content": "line\nbreak \"quoted\""}]]
turns = [[{"from": "human", "value": "h"}, {"from": "gpt", "value": "g"}]]
TABLES = {
    "messages-snappy": ({"id": [1, 2], "messages": chats}, "snappy"),
    "conversations-zstd": ({"conversations": turns, "score": [0.5]}, "zstd"),
    "text-gzip": ({"text": ["one", None, "three"]}, "gzip"),
    "prompt-plain": ({"prompt": ["p"], "response": ["r"]}, "none"),
    "renamed": ({"dialog": [[{"speaker": "user", "utterance": "u"}]], "text": ["not this"]}, "snappy"),
    "no-column": ({"label": [1, 2, 3]}, "snappy"),
}
for name, (columns, compression) in TABLES.items():
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / f"{name}.parquet", compression=compression, row_group_size=1, write_statistics=False,
                                store_schema=False)
