# Toolchain file of the asan preset: clang, which has libFuzzer (libclang-rt-19-dev), and its linker. Debian 12 and 13 both carry 19.
find_program(MACHIKADO_CLANG NAMES clang-19 clang REQUIRED)
find_program(MACHIKADO_CLANGXX NAMES clang++-19 clang++ REQUIRED)
set(CMAKE_C_COMPILER ${MACHIKADO_CLANG})
set(CMAKE_CXX_COMPILER ${MACHIKADO_CLANGXX})
set(CMAKE_EXE_LINKER_FLAGS_INIT -fuse-ld=lld)
