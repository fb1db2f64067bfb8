# Third-party C and C++ libraries as imported targets: dep::sqlite3 dep::sodium dep::cbor dep::zlib dep::json dep::zxing.
# They come from a prefix that .dev/deps builds once per triplet and recipe, so that the native programs and the
# WebAssembly module stand on the same versions. A missing prefix is built here, while configuring.

set(MACHIKADO_DEPS "" CACHE PATH "Prefix of the third-party libraries (empty: the one .dev/deps makes)")
set(prefix "${MACHIKADO_DEPS}")
if(NOT prefix)
  if(EMSCRIPTEN)
    set(triplet wasm)
  else()
    set(triplet native)
  endif()
  execute_process(COMMAND ${PROJECT_SOURCE_DIR}/.dev/deps ${triplet}
    OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "The third-party libraries could not be made; run .dev/deps ${triplet} to see why.")
  endif()
endif()
if(NOT EXISTS ${prefix}/lib/libsqlite3.a)
  message(FATAL_ERROR "${prefix} holds no third-party libraries: set MACHIKADO_DEPS to a prefix made by .dev/deps.")
endif()
message(STATUS "Third-party libraries: ${prefix}")

function(machi_import name)
  add_library(dep_${name} STATIC IMPORTED GLOBAL)
  set_target_properties(dep_${name} PROPERTIES IMPORTED_LOCATION ${prefix}/lib/lib${name}.a
    INTERFACE_INCLUDE_DIRECTORIES ${prefix}/include/${name} INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${prefix}/include/${name})
  add_library(dep::${name} ALIAS dep_${name})
endfunction()

machi_import(sqlite3)
if(EMSCRIPTEN)
  machi_import(sqlite3_small)  # the same header
  set_target_properties(dep_sqlite3_small PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${prefix}/include/sqlite3
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${prefix}/include/sqlite3)
endif()
machi_import(sodium)
machi_import(cbor)
machi_import(zlib)
machi_import(zxing)
set_target_properties(dep_sodium PROPERTIES INTERFACE_COMPILE_DEFINITIONS SODIUM_STATIC=1)
add_library(dep_json INTERFACE IMPORTED GLOBAL)
set_target_properties(dep_json PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${prefix}/include/json
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${prefix}/include/json)
add_library(dep::json ALIAS dep_json)
if(NOT EMSCRIPTEN)
  find_package(Threads REQUIRED)
  set_property(TARGET dep_sqlite3 PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads m)
  set_property(TARGET dep_sodium PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
  set_property(TARGET dep_zxing PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
  set_property(TARGET dep_cbor PROPERTY INTERFACE_LINK_LIBRARIES m)
  find_package(GTest)
  if(NOT GTest_FOUND)
    message(STATUS "GoogleTest (libgtest-dev) is not installed: the unit tests are left out")
  endif()
endif()
