// Puts the parts of a pack together. Errors name the file and the place in it, or the place in the whole.
#include "platform/machi/pack_folder.h"

#include <filesystem>
#include <functional>

#include "platform/host/file.h"
#include "platform/machi/json_input.h"
#include "platform/machi/tables.h"

namespace machi::program {
namespace {

using nlohmann::json;
using ReadPart = std::function<base::Result<std::string>(const std::string& name)>;

base::Error in_file(const std::string& file, const base::Error& error) {
  return base::fail(error.code, file + ": " + error.detail);
}

base::Result<json> part(const ReadPart& read, const std::string& name) {
  const auto text = read(name);
  if (!text.ok()) return in_file(name, text.error());
  auto parsed = parse_json(*text);
  if (!parsed.ok()) return in_file(name, parsed.error());
  if (!parsed->is_object()) return base::fail(base::Code::BadInput, name + ": an object is expected");
  return parsed;
}

base::Result<code::Cbor> put_together(const ReadPart& read) {
  MACHI_TRY_SET(whole, part(read, "pack.json"));
  const Field parts = Field(whole)["parts"];
  MACHI_TRY_SET(names, parts.items());
  std::vector<std::string> files;
  for (const Field& name : names) {
    MACHI_TRY_SET(file, name.text());
    if (file.find('/') != std::string::npos || file.starts_with('.'))
      return name.fault(base::Code::BadInput, "a file of this folder is expected");
    files.push_back(file);
  }
  whole.erase("parts");
  for (const std::string& file : files) {
    MACHI_TRY_SET(more, part(read, file));
    for (const auto& [key, list] : more.items()) {
      if (!list.is_array())
        return base::fail(base::Code::BadInput, file + ": " + key + ": a list is expected");
      json& into = whole[key];
      if (into.is_null()) into = json::array();
      if (!into.is_array())
        return base::fail(base::Code::BadInput, file + ": " + key + ": the pack has no list of this name");
      into.insert(into.end(), list.begin(), list.end());
    }
  }
  return as_cbor(whole);
}

}  // namespace

base::Result<code::Cbor> read_pack_folder(const std::string& folder) {
  return put_together([&](const std::string& name) -> base::Result<std::string> {
    MACHI_TRY_SET(bytes, host::read_file(std::filesystem::path(folder) / name, rules::kPackLimit));
    return std::string(base::text_view(bytes));
  });
}

base::Result<code::Cbor> sample_pack() {
  return put_together([](const std::string& name) -> base::Result<std::string> {
    for (const auto& [file, text] :
         {std::pair{"pack.json", sample_rules_pack()}, std::pair{"national.json", sample_rules_national()},
          std::pair{"local.json", sample_rules_local()}, std::pair{"points.json", sample_rules_points()},
          std::pair{"tests.json", sample_rules_tests()}})
      if (name == file) return std::string(text);
    return base::fail(base::Code::NotFound, "the sample pack has no such part");
  });
}

base::Result<rules::Pack> pack_in(const std::string& folder) {
  MACHI_TRY_SET(written, folder.empty() ? sample_pack() : read_pack_folder(folder));
  return rules::read_pack(written);
}

}  // namespace machi::program
