// The tag "type" chooses the alternative of the variant; its description does the rest.
#include "core/app/event_json.h"

#include "core/app/fields.h"
#include "core/screen/json.h"

namespace machi::app {
namespace {

using screen::Description;

template <class Variant>
void write_tagged(std::string& out, const Variant& what) {
  std::visit(
      [&]<class T>(const T& value) {
        out += "\"type\":";
        screen::write_text(out, Description<T>::kType);
        screen::write_members(out, value, false);
      },
      what);
}

// Tries the alternatives one after another.
template <class Variant, std::size_t I = 0>
bool read_tagged(screen::JsonView json, const std::string& type, Variant& out) {
  if constexpr (I < std::variant_size_v<Variant>) {
    using T = std::variant_alternative_t<I, Variant>;
    if (type == Description<T>::kType) return screen::read(json, out.template emplace<T>());
    return read_tagged<Variant, I + 1>(json, type, out);
  } else {
    return false;
  }
}

base::Error no(std::string_view what) { return base::fail(base::Code::BadInput, what); }

}  // namespace

std::string to_json(const Event& event) {
  std::string out = "{\"at\":";
  screen::write_integer(out, event.at);
  out += ',';
  write_tagged(out, event.what);
  return out + '}';
}

std::string to_json(const Effect& effect) {
  std::string out = "{";
  write_tagged(out, effect.what);
  return out + '}';
}

base::Result<Event> event_from_json(std::string_view text) {
  MACHI_TRY_SET(json, screen::Json::parse(text));
  const auto type = json.root().find("type");
  const auto at = json.root().find("at");
  Event event;
  if (!type || !type->text() || !at || !at->integer() || *at->integer() < 0) return no("event");
  event.at = *at->integer();
  if (!read_tagged(json.root(), *type->text(), event.what)) return no("event");
  return event;
}

base::Result<Effect> effect_from_json(std::string_view text) {
  MACHI_TRY_SET(json, screen::Json::parse(text));
  const auto type = json.root().find("type");
  Effect effect;
  if (!type || !type->text() || !read_tagged(json.root(), *type->text(), effect.what)) return no("effect");
  return effect;
}

}  // namespace machi::app
