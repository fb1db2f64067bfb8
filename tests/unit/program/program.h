// Runs the program `machi` with words and a standard input, and keeps what it says. Tests only.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace machi::program_test {

struct Said {
  int code = -1;
  std::string out;
  std::string err;
  nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

inline std::string slurp(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// `words` go through the shell; texts in them are quoted by the caller.
inline Said run(const std::string& words, const std::string& input = "") {
  char folder[] = "/tmp/machi-program-XXXXXX";
  if (mkdtemp(folder) == nullptr) return {};
  const std::string at = folder;
  std::ofstream(at + "/in") << input;
  const std::string line =
      std::string(MACHI_PROGRAM) + " " + words + " <" + at + "/in >" + at + "/out 2>" + at + "/err";
  const int status = std::system(line.c_str());
  Said said{WEXITSTATUS(status), slurp(at + "/out"), slurp(at + "/err")};
  for (const char* name : {"/in", "/out", "/err"}) unlink((at + name).c_str());
  rmdir(folder);
  return said;
}

}  // namespace machi::program_test
