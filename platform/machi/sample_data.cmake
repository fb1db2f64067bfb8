# cmake -DFROM=sample.json -DTO=sample_json.cc -P sample_data.cmake: the sample town's text behind sample_json().
file(READ ${FROM} text)
file(WRITE ${TO} "#include \"platform/machi/sample_people.h\"\n\nnamespace machi::sample {\n"
  "std::string_view sample_json() { return R\"json(${text})json\"; }\n}  // namespace machi::sample\n")
