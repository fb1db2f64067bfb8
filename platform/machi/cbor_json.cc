// CBOR as JSON. What JSON cannot say is written in diagnostic notation. Pure.
#include "platform/machi/cbor_json.h"

#include <cmath>

#include "core/code/cbor_diagnostic.h"

namespace machi::program {
namespace {

using code::Cbor;
using Json = nlohmann::ordered_json;

std::string key_text(const Cbor& key) {
  if (auto text = key.text(); text.ok()) return *text;
  return code::diagnostic(key);
}

struct Shown {
  const Cbor& whole;
  Json operator()(code::CborNull) const { return nullptr; }
  Json operator()(code::CborUndefined) const { return nullptr; }
  Json operator()(bool value) const { return value; }
  Json operator()(code::CborSimple value) const { return {{"simple", value.number}}; }
  Json operator()(std::uint64_t value) const { return value; }
  Json operator()(code::CborNegative) const {
    if (auto value = whole.integer(); value.ok()) return *value;
    return {{"number", code::diagnostic(whole)}};
  }
  Json operator()(double value) const {
    if (std::isfinite(value)) return value;
    return {{"number", code::diagnostic(whole)}};
  }
  Json operator()(const code::Bytes& value) const { return {{"hex", base::to_hex(value)}}; }
  Json operator()(const std::string& value) const { return value; }
  Json operator()(const code::CborArray& items) const {
    Json out = Json::array();
    for (const Cbor& item : items) out.push_back(as_ordered_json(item));
    return out;
  }
  Json operator()(const code::CborMap& pairs) const {
    Json out = Json::object();
    for (const auto& [key, value] : pairs) out[key_text(key)] = as_ordered_json(value);
    return out;
  }
  Json operator()(const std::vector<code::CborTag>& tag) const {
    return {{"tag", tag[0].number}, {"value", as_ordered_json(tag[0].content)}};
  }
};

}  // namespace

nlohmann::ordered_json as_ordered_json(const Cbor& value) { return std::visit(Shown{value}, value.value()); }

}  // namespace machi::program
