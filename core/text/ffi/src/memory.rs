// SPDX-License-Identifier: GPL-3.0-or-later
//! A bound on the memory that one thread may hold. A template can double a string with every instruction, so counting instructions
//! does not bound memory, and an allocation that fails would abort the whole program. A thread over its budget says so and then sleeps
//! for ever instead: what it holds (at most the budget) is lost, the program is not.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

struct Counting;

thread_local! {
    /// Bytes that the thread may still take; i64::MAX / 2 and more means no bound.
    static LEFT: Cell<i64> = const { Cell::new(i64::MAX) };
    static EXHAUSTED: Cell<*const AtomicBool> = const { Cell::new(std::ptr::null()) };
}

fn charge(bytes: usize) {
    let _ = LEFT.try_with(|left| {
        let now = left.get();
        if now > i64::MAX / 2 {
            return;
        }
        let after = now.saturating_sub(i64::try_from(bytes).unwrap_or(i64::MAX));
        if after < 0 {
            sleep_for_ever();
        }
        left.set(after);
    });
}

fn refund(bytes: usize) {
    let _ = LEFT.try_with(|left| {
        let now = left.get();
        if now <= i64::MAX / 2 {
            left.set(now.saturating_add(bytes as i64));
        }
    });
}

fn sleep_for_ever() -> ! {
    let _ = EXHAUSTED.try_with(|flag| {
        // SAFETY: `limit` leaked one reference to the flag, so it lives as long as the program.
        if let Some(flag) = unsafe { flag.get().as_ref() } {
            flag.store(true, Ordering::Release);
        }
    });
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}

// SAFETY: everything is passed on to the system's allocator; `charge` returns or never returns, it does not unwind.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        charge(layout.size());
        System.alloc(layout)
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        charge(layout.size());
        System.alloc_zeroed(layout)
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        refund(layout.size());
        System.dealloc(pointer, layout)
    }
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() {
            charge(size - layout.size());
        } else {
            refund(layout.size() - size);
        }
        System.realloc(pointer, layout, size)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bounds the calling thread for the rest of its life; `exhausted` becomes true when it is put to sleep.
pub fn limit(bytes: usize, exhausted: Arc<AtomicBool>) {
    EXHAUSTED.with(|flag| flag.set(Arc::into_raw(exhausted)));
    LEFT.with(|left| left.set(bytes as i64));
}

/// What the thread is about to hand to another one no longer counts.
pub fn hand_over(bytes: usize) {
    refund(bytes);
}

/// Lifts the bound: from here on the thread only hands over its result.
pub fn lift() {
    LEFT.with(|left| left.set(i64::MAX));
    EXHAUSTED.with(|flag| {
        let pointer = flag.replace(std::ptr::null());
        if !pointer.is_null() {
            // SAFETY: the pointer came from Arc::into_raw in `limit`.
            drop(unsafe { Arc::from_raw(pointer) });
        }
    });
}
