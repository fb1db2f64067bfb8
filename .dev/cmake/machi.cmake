# The four words in which every folder states what it builds: machi_library, machi_program, machi_test, machi_fuzz.
# They carry the warning flags, the include root (the repository) and, in the fuzz configuration, the instrumentation.
# A folder lists its SOURCES and what it stands on; it sets no flags of its own.

option(MACHIKADO_FUZZ "Build the fuzz targets (clang with libFuzzer)" OFF)
option(MACHIKADO_WERROR "Treat warnings as errors" ON)
set(MACHIKADO_SANITIZE "" CACHE STRING "Sanitizers for the whole build, as for -fsanitize= (address,undefined or thread)")
set(MACHIKADO_BIN_DIR "${CMAKE_BINARY_DIR}/bin" CACHE PATH "Where programs (not tests) are put")

add_library(machi_flags INTERFACE)
target_compile_features(machi_flags INTERFACE cxx_std_20)
target_include_directories(machi_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(machi_flags INTERFACE -Wall -Wextra -Wswitch -Wconversion -Wshadow)
if(MACHIKADO_WERROR)
  target_compile_options(machi_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc judges these after optimisation, and accuses the standard library's own strings and variants (gcc bug 105651).
  target_compile_options(machi_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-error=stringop-overflow
    -Wno-error=stringop-overread -Wno-error=array-bounds -Wno-error=free-nonheap-object -Wno-error=dangling-reference)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    get_target_property(options machi_flags INTERFACE_COMPILE_OPTIONS)
    list(REMOVE_ITEM options -Wno-error=dangling-reference)
    set_target_properties(machi_flags PROPERTIES INTERFACE_COMPILE_OPTIONS "${options}")
  endif()
else()
  # clang counts the sign of an index as a conversion, gcc does not: one bar for both.
  target_compile_options(machi_flags INTERFACE -Wno-sign-conversion)
endif()

# The whole build, third-party code aside, is instrumented alike.
if(MACHIKADO_SANITIZE)
  add_compile_options(-fsanitize=${MACHIKADO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${MACHIKADO_SANITIZE})
  if(MACHIKADO_SANITIZE MATCHES "undefined")
    # Checks at each pointer take half of such a build (8.4 s a file became 4.4), and what they find the address sanitizer
    # stops at.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr,pointer-overflow)
  endif()
endif()
if(MACHIKADO_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang" OR EMSCRIPTEN)
    message(FATAL_ERROR "The fuzz targets need clang with libFuzzer: use `cmake --preset asan`.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_custom_target(machi_fuzzers)
  # Commands and tests: the optimiser would take a third of their time in a build with sanitizers, and what they call has it.
  set(machi_unoptimised -O0)
endif()
if(EMSCRIPTEN)
  # Nothing of ours throws; without the paths that an exception would take, the code is a fifth smaller. What the standard
  # library would throw (no memory left) stops the module. ZXing throws: its caller and the modules with it have -fwasm-exceptions.
  add_compile_options(-fno-exceptions -fno-rtti -mbulk-memory -mnontrapping-fptoint)
endif()

# machi_library(name SOURCES a.cpp ... [DEPENDS machi_base dep::sqlite3 ...] [PRIVATE dep::x ...])
# One static library a folder. Without SOURCES it is a library of headers.
function(machi_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "machi_library(${name}): unknown words: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(arg_SOURCES)
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE} machi_flags)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_compile_features(${name} PUBLIC cxx_std_20)
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${arg_DEPENDS} ${arg_PRIVATE})
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR})
    target_compile_features(${name} INTERFACE cxx_std_20)
  endif()
endfunction()

# machi_program(name SOURCES main.cpp ... [LIBS machi_hub ...]): a program for people, put into MACHIKADO_BIN_DIR.
function(machi_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS;DEPENDS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "machi_program(${name}): unknown words: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_compile_options(${name} PRIVATE ${machi_unoptimised})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} ${arg_DEPENDS} machi_flags)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${MACHIKADO_BIN_DIR})
endfunction()

# machi_test(name SOURCES a_test.cpp ... [LIBS machi_base ...] [LONG] [TIMEOUT seconds] [ARGS ...])
# A GoogleTest program, one ctest entry, run from the root of the repository: there MACHI_TEST_DATA is tests/data and
# MACHI_SOURCE_DIR is the repository. No path of a machine gets into an object file, so a compiler cache serves any clone.
# LONG tests are labelled so and run only by `./dev test long`.
function(machi_test name)
  cmake_parse_arguments(arg "LONG" "TIMEOUT" "SOURCES;LIBS;DEPENDS;ARGS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "machi_test(${name}): unknown words: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(EMSCRIPTEN)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  # What a test itself does is little; it compiles in half the time so.
  target_compile_options(${name} PRIVATE $<$<CONFIG:RelWithDebInfo>:-O1> ${machi_unoptimised})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} ${arg_DEPENDS} machi_flags GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE MACHI_TEST_DATA="tests/data" MACHI_SOURCE_DIR=".")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name} ${arg_ARGS} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 600)  # only ever met by what hangs: a sanitizer on a busy machine is slow, not wrong
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "$<IF:$<BOOL:${arg_LONG}>,long,unit>")
endfunction()

# machi_fuzz(name SOURCES a_fuzz.cpp ... [LIBS machi_code ...] [CORPUS directory])
# A libFuzzer program, built only by the asan preset; CORPUS (beside the source) holds the inputs that it starts from.
function(machi_fuzz name)
  cmake_parse_arguments(arg "" "CORPUS" "SOURCES;LIBS;DEPENDS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "machi_fuzz(${name}): unknown words: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT MACHIKADO_FUZZ)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} ${arg_DEPENDS} machi_flags)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_compile_definitions(${name} PRIVATE MACHI_TEST_DATA="tests/data" MACHI_SOURCE_DIR=".")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  if(arg_CORPUS)
    cmake_path(ABSOLUTE_PATH arg_CORPUS NORMALIZE)
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/fuzz/${name}.corpus CONTENT "${arg_CORPUS}\n")
  endif()
  add_dependencies(machi_fuzzers ${name})
endfunction()
