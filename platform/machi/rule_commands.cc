// What the commands over rules print.
#include "platform/machi/rule_commands.h"

#include <cstdio>

namespace machi::program {

void print_in_order(const nlohmann::ordered_json& object) {
  const std::string text =
      object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace machi::program
