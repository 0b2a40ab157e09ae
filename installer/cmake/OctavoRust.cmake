# SPDX-License-Identifier: GPL-3.0-or-later
# core/text/ffi: tokenizers and chat templates, a static library built by cargo.
find_program(CARGO cargo HINTS $ENV{HOME}/.cargo/bin REQUIRED)
set(octavo_ffi_source ${CMAKE_SOURCE_DIR}/core/text/ffi)
set(OCTAVO_CARGO_TARGET ${CMAKE_BINARY_DIR}/cargo CACHE PATH "Where cargo builds")
set(octavo_ffi_target ${OCTAVO_CARGO_TARGET})
set(octavo_ffi_library ${octavo_ffi_target}/release/liboctavo_text_ffi.a)
file(GLOB octavo_ffi_files CONFIGURE_DEPENDS ${octavo_ffi_source}/src/*.rs)
add_custom_command(
  OUTPUT ${octavo_ffi_library}
  COMMAND ${CARGO} build --release --locked --manifest-path ${octavo_ffi_source}/Cargo.toml --target-dir ${octavo_ffi_target}
  DEPENDS ${octavo_ffi_files} ${octavo_ffi_source}/Cargo.toml ${octavo_ffi_source}/Cargo.lock
  COMMENT "cargo: tokenizers and templates"
  USES_TERMINAL VERBATIM)
add_custom_target(octavo_ffi_build DEPENDS ${octavo_ffi_library})
add_library(octavo_ffi STATIC IMPORTED GLOBAL)
set_target_properties(octavo_ffi PROPERTIES IMPORTED_LOCATION ${octavo_ffi_library})
target_link_libraries(octavo_ffi INTERFACE ${CMAKE_DL_LIBS} pthread m)
add_dependencies(octavo_ffi octavo_ffi_build)
