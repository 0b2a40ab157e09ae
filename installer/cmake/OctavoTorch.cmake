# SPDX-License-Identifier: GPL-3.0-or-later
# LibTorch: one that the user points CMAKE_PREFIX_PATH at, else the unpacked wheel, whose CPU libraries are linked by path: they
# need the CUDA runtime and CUPTI libraries beside them even where there is no GPU.
find_package(Torch QUIET CONFIG HINTS ENV OCTAVO_TORCH_PREFIX)
add_library(octavo_torch INTERFACE)
# at::parallel_for is a template in a header: without OpenMP it compiles to a loop of one thread, silently.
find_package(OpenMP REQUIRED COMPONENTS CXX)
separate_arguments(openmp_flags UNIX_COMMAND "${OpenMP_CXX_FLAGS}")
target_compile_options(octavo_torch INTERFACE $<$<COMPILE_LANGUAGE:CXX>:${openmp_flags}>)
if(Torch_FOUND)
  target_link_libraries(octavo_torch INTERFACE ${TORCH_LIBRARIES} OpenMP::OpenMP_CXX)
  target_include_directories(octavo_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
else()
  set(torch_root ${OCTAVO_DEPS}/torch/torch)
  set(cuda_runtime_lib ${OCTAVO_DEPS}/cuda-runtime/nvidia/cu13/lib)
  if(NOT EXISTS ${torch_root}/lib/libtorch_cpu.so)
    message(FATAL_ERROR "LibTorch is neither in CMAKE_PREFIX_PATH nor in ${torch_root}: run installer/run, which fetches it.")
  endif()
  target_include_directories(octavo_torch SYSTEM INTERFACE ${torch_root}/include ${torch_root}/include/torch/csrc/api/include)
  target_link_libraries(octavo_torch INTERFACE ${torch_root}/lib/libtorch_cpu.so ${torch_root}/lib/libc10.so)
  # The runtime that comes with LibTorch, so that there is one set of threads.
  file(GLOB torch_openmp ${torch_root}/lib/libgomp*.so*)
  target_link_libraries(octavo_torch INTERFACE ${torch_openmp})
  # DT_RPATH rather than RUNPATH: it also serves what libtorch_cpu itself asks for.
  target_link_options(octavo_torch INTERFACE -Wl,--disable-new-dtags -Wl,-rpath,${torch_root}/lib
    -Wl,-rpath,${cuda_runtime_lib} -Wl,-rpath,${OCTAVO_DEPS}/cuda-libraries/nvidia/cu13/lib
    -Wl,--allow-shlib-undefined)
endif()
