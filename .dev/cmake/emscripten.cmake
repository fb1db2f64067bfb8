# Toolchain file of the wasm preset: finds (or makes) the Emscripten that .dev/emscripten answers for, then hands over to
# Emscripten's own toolchain file. The answer is kept, so that a configured tree never changes its compiler.

if(NOT DEFINED ENV{MACHIKADO_EMSCRIPTEN_ROOT})
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/../emscripten
    OUTPUT_VARIABLE root OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "Emscripten could not be made ready; run .dev/emscripten to see why.")
  endif()
  set(ENV{MACHIKADO_EMSCRIPTEN_ROOT} ${root})
endif()
# CMake runs this file again for each of its trial compilations; the environment carries the answer to them.
include($ENV{MACHIKADO_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake)
set(CMAKE_C_FLAGS_MINSIZEREL "-Oz -DNDEBUG" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_MINSIZEREL "-Oz -DNDEBUG" CACHE STRING "" FORCE)
