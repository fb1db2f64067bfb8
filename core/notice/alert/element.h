// An element of an XML document, as the platform's parser hands it in (platform/host/xml): names with their
// namespaces, texts trimmed. Values; any thread; pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace machi::notice {

struct Element {
  std::string space;  // namespace, or ""
  std::string name;
  std::string text;  // its own text, without that of its children
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;

  // The first child of that name in any namespace: the schemas that are read use no name twice for two
  // things.
  const Element* child(std::string_view wanted) const {
    for (const Element& one : children)
      if (one.name == wanted) return &one;
    return nullptr;
  }
  // Its text, "" when there is none.
  std::string_view text_of(std::string_view wanted) const {
    const Element* one = child(wanted);
    return one ? std::string_view(one->text) : std::string_view();
  }
  std::string_view attribute(std::string_view wanted) const {
    for (const auto& [key, value] : attributes)
      if (key == wanted) return value;
    return {};
  }
};

}  // namespace machi::notice
