// expat's events into a tree. Names come as "namespace name", split at the space. One parser a call.
#include "platform/host/xml/xml_reader.h"

#include <expat.h>

#include <memory>
#include <optional>

#include "core/base/text.h"

namespace machi::host {
namespace {

using base::Code;
using base::fail;
using notice::Element;

struct Reading {
  XML_Parser parser = nullptr;
  Element root;
  // Elements that are open; each lives in its parent's list, whose memory stays while it is the last.
  std::vector<Element> open;
  std::size_t elements = 0;
  std::optional<base::Error> refused;

  void refuse(Code code, const char* why) {
    if (!refused) refused = fail(code, why);
    XML_StopParser(parser, XML_FALSE);
  }
};

std::pair<std::string, std::string> split(const char* name) {
  const std::string_view whole(name);
  const auto space = whole.find(' ');
  if (space == std::string_view::npos) return {"", std::string(whole)};
  return {std::string(whole.substr(0, space)), std::string(whole.substr(space + 1))};
}

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& reading = *static_cast<Reading*>(user);
  if (++reading.elements > kXmlElements) return reading.refuse(Code::TooLarge, "too many elements");
  if (reading.open.size() >= static_cast<std::size_t>(kXmlDepth))
    return reading.refuse(Code::TooLarge, "too many elements in one another");
  Element element;
  std::tie(element.space, element.name) = split(name);
  for (; *attributes; attributes += 2)
    element.attributes.emplace_back(split(attributes[0]).second, attributes[1]);
  reading.open.push_back(std::move(element));
}

void XMLCALL on_end(void* user, const XML_Char*) {
  auto& reading = *static_cast<Reading*>(user);
  Element done = std::move(reading.open.back());
  reading.open.pop_back();
  done.text = base::trimmed(done.text);
  if (reading.open.empty())
    reading.root = std::move(done);
  else
    reading.open.back().children.push_back(std::move(done));
}

void XMLCALL on_text(void* user, const XML_Char* text, int length) {
  auto& reading = *static_cast<Reading*>(user);
  if (!reading.open.empty()) reading.open.back().text.append(text, static_cast<std::size_t>(length));
}

void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reading*>(user)->refuse(Code::NotAllowed, "a DOCTYPE is not taken");
}

}  // namespace

base::Result<Element> read_xml(base::ByteView bytes) {
  if (bytes.size() > kXmlLimit) return fail(Code::TooLarge, "more than 8 MB");
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreateNS(nullptr, ' '),
                                                                            &XML_ParserFree);
  if (!parser) return fail(Code::TooLarge, "no memory");
  Reading reading;
  reading.parser = parser.get();
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const auto status =
      XML_Parse(parser.get(), reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()), 1);
  if (reading.refused) return *reading.refused;
  if (status != XML_STATUS_OK) {
    const XML_LChar* why = XML_ErrorString(XML_GetErrorCode(parser.get()));
    return fail(Code::BadInput, "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                                    ", column " +
                                    std::to_string(XML_GetCurrentColumnNumber(parser.get()) + 1) + ": " +
                                    (why ? why : "not well-formed"));
  }
  return std::move(reading.root);
}

}  // namespace machi::host
