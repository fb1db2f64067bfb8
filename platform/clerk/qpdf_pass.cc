// One pass over the objects that cairo wrote. libqpdf throws; nothing of that leaves this file.
#include "platform/clerk/qpdf_pass.h"

#define POINTERHOLDER_TRANSITION 4  // standard pointers only
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace machi::clerk {
namespace {

using Handle = QPDFObjectHandle;

// A bit for each glyph of the font's file: cairo's subsets hold what they number. "" without a count.
std::string glyphs_of(const std::string& font) {
  const auto number = [&](std::size_t from, std::size_t bytes) {
    std::size_t out = 0;
    for (std::size_t i = from; i < from + bytes; ++i)
      out = out << 8 | (i < font.size() ? static_cast<unsigned char>(font[i]) : 0u);
    return out;
  };
  const std::size_t tables = number(4, 2);
  for (std::size_t i = 0; i < tables && 28 + 16 * i <= font.size(); ++i) {
    const std::size_t entry = 12 + 16 * i;
    if (font.compare(entry, 4, "maxp") != 0) continue;
    const std::size_t count = number(number(entry + 8, 4) + 4, 2);
    std::string bits((count + 7) / 8, '\0');
    for (std::size_t glyph = 0; glyph < count; ++glyph)
      bits[glyph / 8] =
          static_cast<char>(static_cast<unsigned char>(bits[glyph / 8]) | (0x80u >> (glyph % 8)));
    return bits;
  }
  return {};
}

bool mend_font(QPDF& pdf, Handle font) {
  font.replaceKey("/CIDToGIDMap", Handle::newName("/Identity"));
  Handle descriptor = font.getKey("/FontDescriptor");
  if (!descriptor.isDictionary() || !descriptor.getKey("/FontFile2").isStream()) return false;
  const auto bytes = descriptor.getKey("/FontFile2").getStreamData();
  const std::string bits =
      glyphs_of(std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()));
  descriptor.replaceKey("/CIDSet", pdf.makeIndirectObject(Handle::newStream(&pdf, bits)));
  return !bits.empty();
}

std::string pass(const std::string& input, const QpdfWords& words) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("certificate", input.data(), input.size());
  Handle root = pdf.getRoot(), info = pdf.getTrailer().getKey("/Info");
  if (!info.isDictionary()) return {};
  Handle profile = Handle::newStream(&pdf, words.profile);
  profile.getDict().replaceKey("/N", Handle::newInteger(3));
  Handle intent = Handle::parse(
      "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"
      "/RegistryName(http://www.color.org)>>");
  intent.replaceKey("/DestOutputProfile", pdf.makeIndirectObject(profile));
  Handle intents = Handle::newArray();
  intents.appendItem(pdf.makeIndirectObject(intent));
  root.replaceKey("/OutputIntents", intents);
  info.replaceKey("/CreationDate", Handle::newString(words.created));
  std::string xmp = words.xmp;
  const std::string place = "PRODUCER", producer = info.getKey("/Producer").getUTF8Value();
  if (const auto at = xmp.find(place); at != std::string::npos) xmp.replace(at, place.size(), producer);
  Handle metadata = Handle::newStream(&pdf, xmp);
  metadata.getDict().replaceKey("/Type", Handle::newName("/Metadata"));
  metadata.getDict().replaceKey("/Subtype", Handle::newName("/XML"));
  root.replaceKey("/Metadata", pdf.makeIndirectObject(metadata));
  for (Handle& one : pdf.getAllObjects()) {
    // Nothing here lets anything shine through: the groups that cairo declares are empty words.
    if (one.isDictionaryOfType("/Page")) one.removeKey("/Group");
    if (one.isStream() && one.getDict().hasKey("/Group")) one.getDict().removeKey("/Group");
    const bool font = one.isDictionaryOfType("/Font") && one.getKey("/Subtype").isName() &&
                      one.getKey("/Subtype").getName() == "/CIDFontType2";
    if (font && !mend_font(pdf, one)) return {};
  }
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.forcePDFVersion("1.4");
  writer.setNewlineBeforeEndstream(true);
  writer.setDeterministicID(true);
  writer.write();
  const auto out = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<const char*>(out->getBuffer()), out->getSize());
}

}  // namespace

std::string qpdf_pass(const std::string& pdf, const QpdfWords& words) {
  try {
    return pass(pdf, words);
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace machi::clerk
