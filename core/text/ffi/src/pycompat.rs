// SPDX-License-Identifier: GPL-3.0-or-later
//! Python's methods on strings, lists and dicts: those of minijinja-contrib, and the ones templates use that it lacks.

use minijinja::value::{from_args, Rest, Value};
use minijinja::{Error, ErrorKind, State};

pub fn unknown_method(state: &State, value: &Value, method: &str, arguments: &[Value]) -> Result<Value, Error> {
    if let Some(text) = value.as_str() {
        match method {
            "removeprefix" => {
                let (prefix,): (&str,) = from_args(arguments)?;
                return Ok(Value::from(text.strip_prefix(prefix).unwrap_or(text)));
            }
            "removesuffix" => {
                let (suffix,): (&str,) = from_args(arguments)?;
                return Ok(Value::from(text.strip_suffix(suffix).unwrap_or(text)));
            }
            "partition" | "rpartition" => return partition(text, arguments, method == "rpartition"),
            "rsplit" => return rsplit(text, arguments),
            "index" | "rindex" => return index(state, value, method, arguments),
            _ => {}
        }
    }
    minijinja_contrib::pycompat::unknown_method_callback(state, value, method, arguments)
}

fn list(parts: &[&str]) -> Value {
    parts.iter().map(|part| Value::from(*part)).collect()
}

fn partition(text: &str, arguments: &[Value], from_right: bool) -> Result<Value, Error> {
    let (separator,): (&str,) = from_args(arguments)?;
    if separator.is_empty() {
        return Err(Error::new(ErrorKind::InvalidOperation, "empty separator"));
    }
    let parts = if from_right { text.rsplit_once(separator) } else { text.split_once(separator) };
    Ok(match (parts, from_right) {
        (Some((before, after)), _) => list(&[before, separator, after]),
        (None, false) => list(&[text, "", ""]),
        (None, true) => list(&["", "", text]),
    })
}

fn rsplit(text: &str, arguments: &[Value]) -> Result<Value, Error> {
    let (separator, most): (Option<&str>, Option<i64>) = from_args(arguments)?;
    let most = most.filter(|n| *n >= 0).map_or(usize::MAX, |n| n as usize);
    let mut parts: Vec<&str> = match separator {
        Some("") => return Err(Error::new(ErrorKind::InvalidOperation, "empty separator")),
        Some(separator) => text.rsplitn(most.saturating_add(1), separator).collect(),
        None => {
            let mut rest = text.trim_end();
            let mut parts = Vec::new();
            while !rest.is_empty() {
                match rest.rfind(char::is_whitespace).filter(|_| parts.len() < most) {
                    Some(_) => {
                        let word = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
                        parts.push(word);
                        rest = rest[..rest.len() - word.len()].trim_end();
                    }
                    None => {
                        parts.push(rest);
                        break;
                    }
                }
            }
            parts
        }
    };
    parts.reverse();
    Ok(list(&parts))
}

fn index(state: &State, value: &Value, method: &str, arguments: &[Value]) -> Result<Value, Error> {
    let (_, _): (&str, Rest<Value>) = from_args(arguments)?;
    let find = if method == "index" { "find" } else { "rfind" };
    let found = minijinja_contrib::pycompat::unknown_method_callback(state, value, find, arguments)?;
    if found.as_i64() == Some(-1) {
        return Err(Error::new(ErrorKind::InvalidOperation, "substring not found"));
    }
    Ok(found)
}
