// What every command says and asks in the same way.
#include "platform/machi/command.h"

#include <chrono>
#include <cstdio>

namespace machi::program {

namespace {

void write(const nlohmann::json& object, int indent) {
  const std::string text = object.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

void print(const nlohmann::json& object) { write(object, 2); }
void print_line(const nlohmann::json& object) { write(object, -1); }

int complain(const std::string& sentence) {
  std::fprintf(stderr, "machi: %s\n", sentence.c_str());
  return kFailed;
}

int complain(const std::string& sentence, const base::Error& error) {
  std::string why(base::code_name(error.code));
  if (!error.detail.empty()) why += ", " + error.detail;
  return complain(sentence + " (" + why + ")");
}

base::Instant system_now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace machi::program
