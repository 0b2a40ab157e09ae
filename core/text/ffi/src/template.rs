// SPDX-License-Identifier: GPL-3.0-or-later
//! Chat templates as transformers renders them (transformers.utils.chat_template_utils): an immutable sandbox with trim_blocks,
//! lstrip_blocks, loop controls, `tojson` as json.dumps, `raise_exception`, `strftime_now` and transparent `{% generation %}` blocks.

use std::fmt;
use std::io;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{sync_channel, RecvTimeoutError};
use std::sync::Arc;
use std::time::{Duration, Instant};

use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State};

use crate::{memory, panic_text, pycompat, python, Failure, Status};

/// Instructions that one rendering may use. The largest published templates need about a thousand per message.
const FUEL: u64 = 20_000_000;
/// Nested calls, blocks and loops.
const DEPTH: usize = 200;
const LARGEST_OUTPUT: usize = 64 << 20;
const LARGEST_SOURCE: usize = 4 << 20;
const MEMORY: usize = 256 << 20;
const STACK: usize = 32 << 20;
/// A single built-in function may run long without using an instruction.
const LONGEST: Duration = Duration::from_secs(60);

const NAME: &str = "chat_template";

pub struct Template {
    environment: Arc<Environment<'static>>,
}

/// Marks the error of raise_exception, so that it can be told from a defect of the template.
#[derive(Debug)]
struct Raised;

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("raise_exception")
    }
}

impl std::error::Error for Raised {}

impl Template {
    pub fn compile(source: &str) -> Result<Self, Failure> {
        if source.len() > LARGEST_SOURCE {
            return Err(Failure::new("the template is larger than 4 MiB"));
        }
        let source = transparent_generation(&source.replace("\r\n", "\n").replace('\r', "\n"));
        let environment = on_bounded_thread(move || {
            let mut environment = environment();
            environment.add_template_owned(NAME, source).map_err(|e| explain(&e))?;
            Ok(environment)
        })?;
        Ok(Template { environment: Arc::new(environment) })
    }

    /// `variables`: a JSON object.
    pub fn render(&self, variables: &str) -> Result<String, Failure> {
        let variables: serde_json::Value = serde_json::from_str(variables).map_err(Failure::new)?;
        let environment = self.environment.clone();
        on_bounded_thread(move || {
            let template = environment.get_template(NAME).map_err(|e| explain(&e))?;
            let mut output = Bounded { bytes: Vec::new(), full: false };
            let rendered = template.render_captured_to(Value::from_serialize(&variables), &mut output).map(|_| ());
            match rendered {
                Ok(()) => String::from_utf8(output.bytes).map_err(Failure::new),
                Err(_) if output.full => Err(limit("the template wrote more than 64 MiB")),
                Err(error) => Err(explain(&error)),
            }
        })
    }
}

fn limit(message: &str) -> Failure {
    Failure { status: Status::Limit, message: message.into() }
}

/// Runs on a thread of its own with a known stack and a bound on memory and time; a thread that overruns is left behind asleep.
fn on_bounded_thread<T: Send + 'static>(body: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    let exhausted = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = sync_channel(1);
    let flag = exhausted.clone();
    let run = move || {
        memory::limit(MEMORY, flag);
        let result = catch_unwind(AssertUnwindSafe(body));
        memory::lift();
        let result = result.unwrap_or_else(|panic| Err(Failure { status: Status::Panic, message: panic_text(&*panic) }));
        let _ = sender.send(result);
    };
    std::thread::Builder::new().stack_size(STACK).spawn(run).map_err(Failure::new)?;
    let start = Instant::now();
    loop {
        match receiver.recv_timeout(Duration::from_millis(50)) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => return Err(Failure { status: Status::Panic, message: "the template's thread ended".into() }),
            Err(RecvTimeoutError::Timeout) if exhausted.load(Ordering::Acquire) => return Err(limit("the template needs too much memory")),
            Err(RecvTimeoutError::Timeout) if start.elapsed() > LONGEST => return Err(limit("the template takes too long")),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + data.len() > LARGEST_OUTPUT {
            self.full = true;
            return Err(io::Error::other("output too large"));
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_keep_trailing_newline(false);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(DEPTH);
    environment.set_unknown_method_callback(pycompat::unknown_method);
    environment.set_formatter(format);
    environment.add_filter("tojson", tojson);
    environment.add_filter("string", |value: Value| if value.as_str().is_some() { value } else { Value::from(python::text(&value)) });
    environment.add_function("raise_exception", raise_exception);
    environment.add_function("strftime_now", |format: String| python::strftime_now(&format).map_err(|e| Error::new(ErrorKind::InvalidOperation, e)));
    environment
}

/// What `{{ value }}` writes: str(value) in Python.
fn format(out: &mut Output, _: &State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) => out.write_str(text).map_err(Error::from),
        None => out.write_str(&python::text(value)).map_err(Error::from),
    }
}

fn raise_exception(message: Value) -> Result<Value, Error> {
    Err(Error::new(ErrorKind::InvalidOperation, python::text(&message)).with_source(Raised))
}

fn tojson(value: Value, indent: Option<Value>, arguments: Kwargs) -> Result<Value, Error> {
    // Positional order in transformers: x, ensure_ascii, indent, …; templates in use name their arguments.
    let mut style = python::JsonStyle::default();
    let indent = match arguments.get::<Option<Value>>("indent")? {
        Some(value) => Some(value),
        None => indent,
    };
    if let Some(indent) = indent.filter(|value| !value.is_none() && !value.is_undefined()) {
        style.set_indent(&indent)?;
    }
    style.ensure_ascii = arguments.get::<Option<bool>>("ensure_ascii")?.unwrap_or(false);
    style.sort_keys = arguments.get::<Option<bool>>("sort_keys")?.unwrap_or(false);
    if let Some(separators) = arguments.get::<Option<Value>>("separators")?.filter(|value| !value.is_none()) {
        style.set_separators(&separators)?;
    }
    arguments.assert_all_used()?;
    Ok(Value::from(style.dump(&value)?))
}

/// Turns an error into one sentence, with the line of the template.
fn explain(error: &Error) -> Failure {
    let mut deepest = error;
    let mut raised = false;
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        raised |= inner.is::<Raised>();
        deepest = inner.downcast_ref::<Error>().unwrap_or(deepest);
        source = inner.source();
    }
    if raised {
        return Failure { status: Status::Raised, message: deepest.detail().unwrap_or_default().to_string() };
    }
    let detail = deepest.detail().map(str::to_string).unwrap_or_else(|| deepest.kind().to_string());
    let line = deepest.line().or(error.line()).map(|line| format!(" (line {line} of the template)")).unwrap_or_default();
    let out_of_depth = detail.contains("recursion limit");
    let status = if deepest.kind() == ErrorKind::OutOfFuel || out_of_depth { Status::Limit } else { Status::Failed };
    let detail = if deepest.kind() == ErrorKind::OutOfFuel { "the template does not come to an end".to_string() } else { detail };
    Failure { status, message: detail + &line }
}

/// `{% generation %}` marks what an assistant wrote and renders as its body, in a scope of its own: `{% with %}` does the same.
fn transparent_generation(source: &str) -> String {
    let mut result = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find("{%") {
        let (before, tag) = rest.split_at(start);
        result.push_str(before);
        let Some(end) = tag.find("%}") else {
            rest = tag;
            break;
        };
        let inside = &tag[2..end];
        let name = inside.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
        match name {
            "generation" => result.push_str(&format!("{{%{}%}}", inside.replace("generation", "with"))),
            "endgeneration" => result.push_str(&format!("{{%{}%}}", inside.replace("endgeneration", "endwith"))),
            _ => result.push_str(&tag[..end + 2]),
        }
        rest = &tag[end + 2..];
    }
    result + rest
}
