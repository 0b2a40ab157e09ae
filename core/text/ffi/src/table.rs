// SPDX-License-Identifier: GPL-3.0-or-later
//! Parquet files, row by row. A file may claim sizes of its own choosing, so it is read on a thread with a bound on its memory that hands
//! over a few rows at a time; a panic of the crate ends that thread and is told as a failure.

use std::fs::File;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{sync_channel, Receiver, RecvTimeoutError, SyncSender};
use std::sync::Arc;
use std::time::Duration;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use crate::{memory, panic_text, Failure, Status};

const MEMORY: usize = 4 << 30;
const STACK: usize = 16 << 20;
/// A batch is handed over when it has grown to this many bytes.
const BATCH: usize = 1 << 20;

type Batch = Result<String, Failure>;

pub struct Table {
    batches: Receiver<Batch>,
    exhausted: Arc<AtomicBool>,
    over: bool,
}

impl Table {
    pub fn open(path: &str, columns: Vec<String>) -> Result<Self, Failure> {
        let (sender, batches) = sync_channel(1);
        let exhausted = Arc::new(AtomicBool::new(false));
        let (flag, path) = (exhausted.clone(), path.to_string());
        let run = move || {
            memory::limit(MEMORY, flag);
            let failure = match catch_unwind(AssertUnwindSafe(|| read(&path, &columns, &sender))) {
                Ok(Ok(())) => None,
                Ok(Err(failure)) => Some(failure),
                Err(panic) => Some(Failure { status: Status::Panic, message: panic_text(&*panic) }),
            };
            memory::lift();
            // An empty batch is the end. Nobody listens any more when this fails.
            let _ = sender.send(failure.map_or(Ok(String::new()), Err));
        };
        std::thread::Builder::new().stack_size(STACK).spawn(run).map_err(Failure::new)?;
        let mut table = Table { batches, exhausted, over: false };
        // The first batch says whether it is such a file at all.
        if table.receive()?.is_empty() {
            return Ok(table);
        }
        Err(Failure::new("the reader gave rows before it was asked"))
    }

    pub fn next(&mut self) -> Result<String, Failure> {
        if self.over {
            return Ok(String::new());
        }
        let rows = self.receive()?;
        self.over = rows.is_empty();
        Ok(rows)
    }

    fn receive(&mut self) -> Batch {
        loop {
            match self.batches.recv_timeout(Duration::from_millis(50)) {
                Ok(batch) => return batch,
                Err(RecvTimeoutError::Disconnected) => return Err(Failure { status: Status::Panic, message: "the reader's thread ended".into() }),
                Err(RecvTimeoutError::Timeout) if self.exhausted.load(Ordering::Acquire) => {
                    return Err(Failure { status: Status::Limit, message: "the file needs too much memory".into() })
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// The schema's columns of these names, in the file's order.
fn projection(schema: &Type, columns: &[String]) -> Result<Type, Failure> {
    let fields: Vec<_> = schema.get_fields().iter().filter(|field| columns.iter().any(|name| name == field.name())).cloned().collect();
    if fields.is_empty() {
        let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
        return Err(Failure::new(format!("it has none of the columns {}; its columns are {}", columns.join(", "), names.join(", "))));
    }
    Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(Failure::new)
}

/// Sends an empty batch once the file is open, and then rows. Ends early when nobody listens.
fn read(path: &str, columns: &[String], sender: &SyncSender<Batch>) -> Result<(), Failure> {
    let reader = SerializedFileReader::new(File::open(path).map_err(Failure::new)?).map_err(Failure::new)?;
    let chosen = projection(reader.metadata().file_metadata().schema(), columns)?;
    let rows = RowIter::from_file_into(Box::new(reader)).project(Some(chosen)).map_err(Failure::new)?;
    if sender.send(Ok(String::new())).is_err() {
        return Ok(());
    }
    let mut batch = String::new();
    for row in rows {
        let row = row.map_err(Failure::new)?;
        batch.push_str(&row.to_json_value().to_string());
        batch.push('\n');
        if batch.len() >= BATCH {
            memory::hand_over(batch.capacity());
            if sender.send(Ok(std::mem::take(&mut batch))).is_err() {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        memory::hand_over(batch.capacity());
        let _ = sender.send(Ok(batch));
    }
    Ok(())
}
