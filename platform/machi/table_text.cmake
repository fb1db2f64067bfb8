# cmake -DFROM=file -DTO=file.cc -DNAME=function -P table_text.cmake: a table's text behind a function of tables.h.
file(READ ${FROM} text)
file(WRITE ${TO} "#include \"platform/machi/tables.h\"\n\nnamespace machi::program {\n"
  "std::string_view ${NAME}() { return R\"text(${text})text\"; }\n}  // namespace machi::program\n")
