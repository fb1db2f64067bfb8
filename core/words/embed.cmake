# cmake -DFROM=ja.mo -DTO=japanese_mo.cc -P embed.cmake: a file's bytes as a C++ array behind machi::words::japanese_mo().
file(READ ${FROM} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${TO} "#include \"core/words/japanese.h\"\n\nnamespace machi::words {\nnamespace {\n"
  "constexpr std::uint8_t kBytes[] = {${bytes}};\n}\nbase::ByteView japanese_mo() { return kBytes; }\n}  // namespace machi::words\n")
