// TypeScript declarations of described structs. Used by the program machi_types only; pure.
#pragma once

#include <string>

#include "core/screen/json.h"

namespace machi::screen {

// "string", "number", "boolean", "Role", "Option[]".
template <class T>
std::string type_name() {
  if constexpr (std::is_same_v<T, std::string>)
    return "string";
  else if constexpr (std::is_same_v<T, bool>)
    return "boolean";
  else if constexpr (std::is_enum_v<T>)
    return std::string(Names<T>::kName);
  else if constexpr (std::is_integral_v<T>)
    return "number";
  else if constexpr (Described<T>)
    return std::string(Description<T>::kName);
  else
    return type_name<typename T::value_type>() + "[]";
}

// The fields, a line each; what is left out has the default that the comment says.
template <class T>
std::string member_lines(std::string_view indent = "  ") {
  [[maybe_unused]] static const T standard{};
  std::string out;
  const auto one = [&]<class Owner, class Member>(const FieldOf<Owner, Member>& field) {
    out += std::string(indent) + std::string(field.name) + (field.required ? ": " : "?: ") +
           type_name<Member>() + ";";
    if (!field.required) {
      out += "  // left out: ";
      write(out, standard.*field.member);
    }
    out += "\n";
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, Description<T>::kFields);
  return out;
}

template <class E>
std::string enum_type() {
  std::string out = "export type " + std::string(Names<E>::kName) + " =";
  for (const std::string_view value : Names<E>::kValues) out += "\n  | \"" + std::string(value) + "\"";
  return out + ";\n";
}

template <class T>
std::string interface_type() {
  return "export interface " + type_name<T>() + " {\n" + member_lines<T>() + "}\n";
}

}  // namespace machi::screen
