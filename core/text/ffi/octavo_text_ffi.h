// SPDX-License-Identifier: GPL-3.0-or-later
// What the Rust library behind core/text offers: tokenizer.json through the crate `tokenizers`, chat templates through
// `minijinja`, Parquet files through `parquet`. Every call returns a status; where it is not OCTAVO_TEXT_OK, `message`
// holds UTF-8 text. No panic and no exception crosses. Whatever a call writes into an octavo_text_* out-parameter is
// freed with the function of that type, also after a failure.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum octavo_text_status {
    OCTAVO_TEXT_OK = 0,
    OCTAVO_TEXT_FAILED = 1, /* the input does not parse, or an id or name is unknown */
    OCTAVO_TEXT_RAISED = 2, /* the template itself called raise_exception: `message` is what it said */
    OCTAVO_TEXT_LIMIT = 3,  /* template or table ran out of instructions, depth, output or memory */
    OCTAVO_TEXT_PANIC = 4   /* a defect in the library or a crate */
} octavo_text_status;

typedef struct octavo_text_slice { /* borrowed bytes, UTF-8 */
    const uint8_t* data;
    size_t size;
} octavo_text_slice;

typedef struct octavo_text_bytes { /* owned by the library */
    uint8_t* data;
    size_t size;
} octavo_text_bytes;

typedef struct octavo_text_ids { /* `ids` of all texts end to end; text i is [ends[i-1], ends[i]) */
    uint32_t* ids;
    size_t id_count;
    size_t* ends;
    size_t end_count;
} octavo_text_ids;

typedef struct octavo_text_tokenizer octavo_text_tokenizer; /* immutable, may be used from several threads */
typedef struct octavo_text_template octavo_text_template;   /* likewise */
typedef struct octavo_text_table octavo_text_table;         /* for one thread at a time */

void octavo_text_free_bytes(octavo_text_bytes* bytes);
void octavo_text_free_ids(octavo_text_ids* ids);

/* `json` is the text of tokenizer.json. Truncation and padding that it asks for are switched off, as transformers does.
 */
octavo_text_status octavo_text_tokenizer_open(octavo_text_slice json, octavo_text_tokenizer** tokenizer,
                                              octavo_text_bytes* message);
void octavo_text_tokenizer_close(octavo_text_tokenizer* tokenizer);
/* In parallel over the texts; RAYON_NUM_THREADS sets the number of threads. */
octavo_text_status octavo_text_tokenizer_encode(const octavo_text_tokenizer* tokenizer, const octavo_text_slice* texts,
                                                size_t count, int add_special_tokens, octavo_text_ids* ids,
                                                octavo_text_bytes* message);
octavo_text_status octavo_text_tokenizer_decode(const octavo_text_tokenizer* tokenizer, const uint32_t* ids,
                                                size_t count, int skip_special_tokens, octavo_text_bytes* text,
                                                octavo_text_bytes* message);
/* Largest id + 1, added tokens included. */
size_t octavo_text_tokenizer_vocabulary(const octavo_text_tokenizer* tokenizer);
/* -1 when the token is unknown. */
int64_t octavo_text_tokenizer_id(const octavo_text_tokenizer* tokenizer, octavo_text_slice token);

/* Compiles a Jinja template the way transformers sets Jinja up. */
octavo_text_status octavo_text_template_open(octavo_text_slice source, octavo_text_template** compiled,
                                             octavo_text_bytes* message);
void octavo_text_template_close(octavo_text_template* compiled);
/* `variables` is a JSON object; null becomes None, an absent key is undefined. */
octavo_text_status octavo_text_template_render(const octavo_text_template* compiled, octavo_text_slice variables,
                                               octavo_text_bytes* text, octavo_text_bytes* message);

/* Opens the Parquet file at `path`. `columns` is a JSON list of names; of these, the columns that are there are read,
 * and one has to be. */
octavo_text_status octavo_text_table_open(octavo_text_slice path, octavo_text_slice columns, octavo_text_table** table,
                                          octavo_text_bytes* message);
void octavo_text_table_close(octavo_text_table* table);
/* The next rows, each a JSON object on a line of its own; empty at the end. */
octavo_text_status octavo_text_table_next(octavo_text_table* table, octavo_text_bytes* rows,
                                          octavo_text_bytes* message);

#ifdef __cplusplus
}
#endif
