# cmake -DSCHEDULE=... -DGROWTH=... -DBANDS=... -DTO=file.cc -P tables.cmake: the phone's tables as texts.
file(READ ${SCHEDULE} schedule)
file(READ ${GROWTH} growth)
file(READ ${BANDS} bands)
file(WRITE ${TO} "#include \"core/parenting/citizen/tables.h\"\n\nnamespace machi::parenting {\n"
  "std::string_view schedule_text() { return R\"text(${schedule})text\"; }\n"
  "std::string_view growth_text() { return R\"text(${growth})text\"; }\n"
  "std::string_view bands_text() { return R\"text(${bands})text\"; }\n}  // namespace machi::parenting\n")
