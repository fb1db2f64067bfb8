# Toolchain file of the fuzz preset: the newest clang of this Debian, which has libFuzzer (libclang-rt-*-dev).
find_program(MACHIKADO_CLANG NAMES clang-19 clang-17 clang-16 clang-14 clang REQUIRED)
find_program(MACHIKADO_CLANGXX NAMES clang++-19 clang++-17 clang++-16 clang++-14 clang++ REQUIRED)
set(CMAKE_C_COMPILER ${MACHIKADO_CLANG})
set(CMAKE_CXX_COMPILER ${MACHIKADO_CLANGXX})
