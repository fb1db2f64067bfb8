// machi_types: prints the TypeScript types of screens, events and effects, from the same descriptions that
// write the JSON. A program for the build; it reads nothing and cannot fail.
#include <cstdio>

#include "core/app/fields.h"
#include "core/screen/paper.h"
#include "core/screen/typescript.h"

namespace {

using namespace machi;

template <class T>
std::string tagged_type() {
  return "export interface " + screen::type_name<T>() + " {\n  type: \"" +
         std::string(screen::Description<T>::kType) + "\";\n" + screen::member_lines<T>() + "}\n";
}

template <class Variant>
struct Alternatives;
template <class... T>
struct Alternatives<std::variant<T...>> {
  static std::string types() { return (tagged_type<T>() + ...); }
  static std::string names() {
    std::string out;
    ((out += "\n  | " + screen::type_name<T>()), ...);
    return out;
  }
};

}  // namespace

int main() {
  using Events = Alternatives<decltype(app::Event::what)>;
  using Effects = Alternatives<decltype(app::Effect::what)>;
  const std::string out =
      "// Made by machi_types from core/screen/fields.h and core/app/fields.h; not to be edited.\n"
      "// A member with a question mark is left out of JSON while it has the value in its comment.\n\n" +
      screen::enum_type<screen::Role>() + screen::enum_type<screen::Kind>() +
      screen::enum_type<screen::Tone>() + screen::enum_type<screen::Importance>() +
      screen::enum_type<screen::State>() + screen::enum_type<screen::Icon>() + "\n" +
      screen::interface_type<screen::Option>() + screen::interface_type<screen::Column>() +
      screen::interface_type<screen::Node>() + screen::interface_type<screen::Screen>() +
      screen::interface_type<screen::Action>() + screen::interface_type<screen::PaperRow>() +
      screen::interface_type<screen::PaperTable>() + screen::interface_type<screen::Paper>() +
      "\n// Events: shell to core. at = ms since 1970, UTC.\n" + Events::types() +
      "export type Event = { at: number } & (" + Events::names() + "\n);\n\n// Effects: core to shell.\n" +
      screen::interface_type<app::Header>() + Effects::types() + "export type Effect =" + Effects::names() +
      ";\n";
  return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
