// SPDX-License-Identifier: GPL-3.0-or-later
//! The C side of octavo_text_ffi.h. Only this file handles raw pointers; every entry point that can fail runs inside `guarded`.

mod memory;
mod pycompat;
mod python;
mod table;
mod template;

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::slice;

use tokenizers::Tokenizer;

#[repr(C)]
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Status {
    Ok = 0,
    Failed = 1,
    Raised = 2,
    Limit = 3,
    Panic = 4,
}

pub struct Failure {
    pub status: Status,
    pub message: String,
}

impl Failure {
    pub fn new(message: impl ToString) -> Self {
        Failure { status: Status::Failed, message: message.to_string() }
    }
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Slice {
    data: *const u8,
    size: usize,
}

#[repr(C)]
pub struct Bytes {
    data: *mut u8,
    size: usize,
}

#[repr(C)]
pub struct Ids {
    ids: *mut u32,
    id_count: usize,
    ends: *mut usize,
    end_count: usize,
}

/// An array for C: pointer and length of a boxed slice.
fn give_away<T>(values: Vec<T>) -> (*mut T, usize) {
    let values = values.into_boxed_slice();
    let size = values.len();
    (Box::into_raw(values) as *mut T, size)
}

/// Takes an array back and drops it.
unsafe fn take_back<T>(data: &mut *mut T, size: &mut usize) {
    if !data.is_null() {
        drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(*data, *size)));
    }
    *data = std::ptr::null_mut();
    *size = 0;
}

unsafe fn text<'a>(slice: Slice) -> Result<&'a str, Failure> {
    if slice.size == 0 {
        return Ok("");
    }
    std::str::from_utf8(slice::from_raw_parts(slice.data, slice.size)).map_err(|e| Failure::new(format!("not valid UTF-8: {e}")))
}

unsafe fn store(bytes: *mut Bytes, value: String) {
    if !bytes.is_null() {
        let (data, size) = give_away(value.into_bytes());
        (*bytes).data = data;
        (*bytes).size = size;
    }
}

/// Runs an entry point: failures and panics become a status and a message.
unsafe fn guarded(message: *mut Bytes, body: impl FnOnce() -> Result<(), Failure>) -> Status {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return Status::Ok,
        Ok(Err(failure)) => failure,
        Err(panic) => Failure { status: Status::Panic, message: panic_text(&*panic) },
    };
    store(message, failure.message);
    failure.status
}

pub fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "unknown panic".into())
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_free_bytes(bytes: *mut Bytes) {
    if let Some(bytes) = bytes.as_mut() {
        take_back(&mut bytes.data, &mut bytes.size);
    }
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_free_ids(ids: *mut Ids) {
    if let Some(ids) = ids.as_mut() {
        take_back(&mut ids.ids, &mut ids.id_count);
        take_back(&mut ids.ends, &mut ids.end_count);
    }
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_open(json: Slice, out: *mut *mut Tokenizer, message: *mut Bytes) -> Status {
    guarded(message, || {
        let mut tokenizer: Tokenizer = text(json)?.parse().map_err(Failure::new)?;
        tokenizer.with_truncation(None).map_err(Failure::new)?;
        tokenizer.with_padding(None);
        *out = Box::into_raw(Box::new(tokenizer));
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_close(tokenizer: *mut Tokenizer) {
    if !tokenizer.is_null() {
        let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(tokenizer))));
    }
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_encode(
    tokenizer: *const Tokenizer,
    texts: *const Slice,
    count: usize,
    add_special_tokens: i32,
    out: *mut Ids,
    message: *mut Bytes,
) -> Status {
    guarded(message, || {
        let slices = if count == 0 { &[][..] } else { slice::from_raw_parts(texts, count) };
        let inputs = slices.iter().map(|s| text(*s)).collect::<Result<Vec<&str>, Failure>>()?;
        let encodings = (*tokenizer).encode_batch_fast(inputs, add_special_tokens != 0).map_err(Failure::new)?;
        let mut ids = Vec::with_capacity(encodings.iter().map(|e| e.len()).sum());
        let mut ends = Vec::with_capacity(encodings.len());
        for encoding in &encodings {
            ids.extend_from_slice(encoding.get_ids());
            ends.push(ids.len());
        }
        ((*out).ids, (*out).id_count) = give_away(ids);
        ((*out).ends, (*out).end_count) = give_away(ends);
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_decode(
    tokenizer: *const Tokenizer,
    ids: *const u32,
    count: usize,
    skip_special_tokens: i32,
    out: *mut Bytes,
    message: *mut Bytes,
) -> Status {
    guarded(message, || {
        let ids = if count == 0 { &[][..] } else { slice::from_raw_parts(ids, count) };
        store(out, (*tokenizer).decode(ids, skip_special_tokens != 0).map_err(Failure::new)?);
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_vocabulary(tokenizer: *const Tokenizer) -> usize {
    let largest = || (*tokenizer).get_vocab(true).values().max().map_or(0, |id| *id as usize + 1);
    catch_unwind(AssertUnwindSafe(largest)).unwrap_or(0)
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_tokenizer_id(tokenizer: *const Tokenizer, token: Slice) -> i64 {
    let find = || text(token).ok().and_then(|token| (*tokenizer).token_to_id(token)).map_or(-1, i64::from);
    catch_unwind(AssertUnwindSafe(find)).unwrap_or(-1)
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_template_open(source: Slice, out: *mut *mut template::Template, message: *mut Bytes) -> Status {
    guarded(message, || {
        *out = Box::into_raw(Box::new(template::Template::compile(text(source)?)?));
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_template_close(compiled: *mut template::Template) {
    if !compiled.is_null() {
        let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(compiled))));
    }
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_template_render(
    compiled: *const template::Template,
    variables: Slice,
    out: *mut Bytes,
    message: *mut Bytes,
) -> Status {
    guarded(message, || {
        store(out, (*compiled).render(text(variables)?)?);
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_table_open(path: Slice, columns: Slice, out: *mut *mut table::Table, message: *mut Bytes) -> Status {
    guarded(message, || {
        let columns: Vec<String> = serde_json::from_str(text(columns)?).map_err(Failure::new)?;
        *out = Box::into_raw(Box::new(table::Table::open(text(path)?, columns)?));
        Ok(())
    })
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_table_close(table: *mut table::Table) {
    if !table.is_null() {
        let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(table))));
    }
}

#[no_mangle]
pub unsafe extern "C" fn octavo_text_table_next(table: *mut table::Table, out: *mut Bytes, message: *mut Bytes) -> Status {
    guarded(message, || {
        store(out, (*table).next()?);
        Ok(())
    })
}
