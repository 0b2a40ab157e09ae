// SPDX-License-Identifier: GPL-3.0-or-later
//! Values written as Python writes them: str(), repr(), json.dumps() and datetime.now().strftime().

use std::ffi::{c_char, c_int, c_void, CString};
use std::fmt::Write;

use minijinja::value::{Value, ValueKind};
use minijinja::{Error, ErrorKind};

/// Deeper nesting than any JSON that reaches a template (the reader stops at 64); a bound for values that the template builds itself.
const DEEPEST: usize = 200;

fn too_deep() -> Error {
    Error::new(ErrorKind::InvalidOperation, "value nested too deeply (recursion limit)")
}

fn is_float(value: &Value) -> bool {
    value.kind() == ValueKind::Number && !value.is_integer()
}

/// repr(float): shortest digits that read back; exponent below 1e-4 and from 1e16 on.
pub fn float_text(number: f64) -> String {
    if number.is_nan() {
        return "nan".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-4..1e16).contains(&magnitude) {
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        return format!("{mantissa}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let text = number.to_string();
    if text.contains('.') { text } else { text + ".0" }
}

fn number_text(value: &Value) -> String {
    if is_float(value) {
        if let Ok(number) = f64::try_from(value.clone()) {
            return float_text(number);
        }
    }
    value.to_string()
}

/// str(value); undefined is empty as in Jinja.
pub fn text(value: &Value) -> String {
    match value.kind() {
        ValueKind::Number => number_text(value),
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
            let mut out = String::new();
            match repr(value, &mut out, 0) {
                Ok(()) => out,
                Err(_) => "...".into(),
            }
        }
        _ => value.to_string(),
    }
}

fn repr(value: &Value, out: &mut String, depth: usize) -> Result<(), Error> {
    if depth > DEEPEST {
        return Err(too_deep());
    }
    match value.kind() {
        ValueKind::String => repr_string(value.as_str().unwrap_or_default(), out),
        ValueKind::Undefined => out.push_str("Undefined"),
        ValueKind::Number => out.push_str(&number_text(value)),
        ValueKind::Map => {
            out.push('{');
            for (index, key) in value.try_iter()?.enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                repr(&key, out, depth + 1)?;
                out.push_str(": ");
                repr(&value.get_item(&key)?, out, depth + 1)?;
            }
            out.push('}');
        }
        ValueKind::Seq | ValueKind::Iterable => {
            out.push('[');
            for (index, item) in value.try_iter()?.enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                repr(&item, out, depth + 1)?;
            }
            out.push(']');
        }
        _ => out.push_str(&value.to_string()),
    }
    Ok(())
}

/// str.isprintable(): Rust's Debug escapes the same categories of Unicode, once a letter keeps it from escaping marks.
fn is_printable(c: char) -> bool {
    matches!(c, '\'' | '"') || format!("a{c}").escape_debug().nth(1) == Some(c)
}

fn repr_string(text: &str, out: &mut String) {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_printable(c) => out.push(c),
            c => {
                let _ = match c as u32 {
                    code @ ..=0xff => write!(out, "\\x{code:02x}"),
                    code @ ..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
}

/// json.dumps with its options.
pub struct JsonStyle {
    pub ensure_ascii: bool,
    pub sort_keys: bool,
    indent: Option<String>,
    item: String,
    key: String,
}

impl Default for JsonStyle {
    fn default() -> Self {
        JsonStyle { ensure_ascii: false, sort_keys: false, indent: None, item: ", ".into(), key: ": ".into() }
    }
}

impl JsonStyle {
    pub fn set_indent(&mut self, indent: &Value) -> Result<(), Error> {
        let unusable = || Error::new(ErrorKind::InvalidOperation, "tojson: indent must be a small number or a string");
        let text = match indent.as_str() {
            Some(text) => text.to_string(),
            None => " ".repeat(indent.as_i64().map(|n| n.max(0) as usize).filter(|n| *n <= 64).ok_or_else(unusable)?),
        };
        self.indent = Some(text);
        self.item = ",".into();
        Ok(())
    }

    pub fn set_separators(&mut self, separators: &Value) -> Result<(), Error> {
        let pair = separators.try_iter()?.map(|s| s.as_str().map(str::to_string)).collect::<Option<Vec<String>>>();
        match pair.as_deref() {
            Some([item, key]) => (self.item, self.key) = (item.clone(), key.clone()),
            _ => return Err(Error::new(ErrorKind::InvalidOperation, "tojson: separators must be two strings")),
        }
        Ok(())
    }

    pub fn dump(&self, value: &Value) -> Result<String, Error> {
        let mut out = String::new();
        self.write(value, &mut out, 0)?;
        Ok(out)
    }

    fn write(&self, value: &Value, out: &mut String, depth: usize) -> Result<(), Error> {
        if depth > DEEPEST {
            return Err(too_deep());
        }
        match value.kind() {
            ValueKind::None => out.push_str("null"),
            ValueKind::Bool => out.push_str(if value.is_true() { "true" } else { "false" }),
            ValueKind::Number => self.write_number(value, out),
            ValueKind::String => self.write_string(value.as_str().unwrap_or_default(), out),
            ValueKind::Map => self.write_map(value, out, depth)?,
            ValueKind::Seq | ValueKind::Iterable => self.write_list(value, out, depth)?,
            kind => {
                return Err(Error::new(ErrorKind::InvalidOperation, format!("tojson: {kind} is not JSON serializable")));
            }
        }
        Ok(())
    }

    fn write_list(&self, value: &Value, out: &mut String, depth: usize) -> Result<(), Error> {
        let mut empty = true;
        out.push('[');
        for item in value.try_iter()? {
            out.push_str(if empty { "" } else { &self.item });
            self.new_line(out, depth + 1);
            self.write(&item, out, depth + 1)?;
            empty = false;
        }
        if !empty {
            self.new_line(out, depth);
        }
        out.push(']');
        Ok(())
    }

    fn write_map(&self, value: &Value, out: &mut String, depth: usize) -> Result<(), Error> {
        let mut keys: Vec<Value> = value.try_iter()?.collect();
        if self.sort_keys {
            keys.sort();
        }
        out.push('{');
        for (index, key) in keys.iter().enumerate() {
            out.push_str(if index > 0 { &self.item } else { "" });
            self.new_line(out, depth + 1);
            self.write_key(key, out)?;
            out.push_str(&self.key);
            self.write(&value.get_item(key)?, out, depth + 1)?;
        }
        if !keys.is_empty() {
            self.new_line(out, depth);
        }
        out.push('}');
        Ok(())
    }

    /// Keys that are not strings become strings.
    fn write_key(&self, key: &Value, out: &mut String) -> Result<(), Error> {
        if let Some(text) = key.as_str() {
            self.write_string(text, out);
            return Ok(());
        }
        let mut text = String::new();
        self.write(key, &mut text, DEEPEST)?;
        self.write_string(&text, out);
        Ok(())
    }

    fn new_line(&self, out: &mut String, depth: usize) {
        if let Some(indent) = &self.indent {
            out.push('\n');
            for _ in 0..depth {
                out.push_str(indent);
            }
        }
    }

    fn write_number(&self, value: &Value, out: &mut String) {
        match number_text(value).as_str() {
            "nan" => out.push_str("NaN"),
            "inf" => out.push_str("Infinity"),
            "-inf" => out.push_str("-Infinity"),
            text => out.push_str(text),
        }
    }

    fn write_string(&self, text: &str, out: &mut String) {
        out.push('"');
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                c if (c as u32) < 0x20 || (self.ensure_ascii && !c.is_ascii()) => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(out, "\\u{unit:04x}");
                    }
                }
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

/// struct tm of glibc and musl on 64-bit Linux; larger than any other in use.
#[repr(C)]
struct BrokenDownTime {
    fields: [c_int; 9],
    rest: [u64; 8],
}

extern "C" {
    fn time(out: *mut i64) -> i64;
    fn localtime_r(time: *const i64, out: *mut BrokenDownTime) -> *mut BrokenDownTime;
    fn newlocale(mask: c_int, name: *const c_char, base: *mut c_void) -> *mut c_void;
    fn freelocale(locale: *mut c_void);
    fn strftime_l(out: *mut c_char, size: usize, format: *const c_char, time: *const BrokenDownTime, locale: *mut c_void) -> usize;
}

/// datetime.now().strftime(format): local time, English names whatever the program's locale is.
pub fn strftime_now(format: &str) -> Result<String, String> {
    if format.is_empty() {
        return Ok(String::new());
    }
    // A trailing character tells an empty result from a buffer that is too small.
    let wanted = CString::new(format!("{format}.")).map_err(|_| "strftime_now: NUL in the format".to_string())?;
    let mut buffer = vec![0u8; 1024 + 64 * format.len().min(4096)];
    // SAFETY: plain C calls on memory owned here; LC_TIME_MASK is 1 << 2 on Linux.
    let written = unsafe {
        let now = time(std::ptr::null_mut());
        let mut parts = BrokenDownTime { fields: [0; 9], rest: [0; 8] };
        if localtime_r(&now, &mut parts).is_null() {
            return Err("strftime_now: no local time".into());
        }
        let locale = newlocale(1 << 2, c"C".as_ptr(), std::ptr::null_mut());
        if locale.is_null() {
            return Err("strftime_now: no C locale".into());
        }
        let written = strftime_l(buffer.as_mut_ptr().cast(), buffer.len(), wanted.as_ptr(), &parts, locale);
        freelocale(locale);
        written
    };
    if written == 0 {
        return Err("strftime_now: the result is too long".into());
    }
    buffer.truncate(written - 1);
    String::from_utf8(buffer).map_err(|_| "strftime_now: not valid UTF-8".to_string())
}
