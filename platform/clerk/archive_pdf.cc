// What PDF/A wants beside cairo's output, as words; libqpdf puts them in.
#include "platform/clerk/archive_pdf.h"

#include "platform/clerk/qpdf_pass.h"

namespace machi::clerk {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char sign : text) {
    if (sign == '&') {
      out += "&amp;";
    } else if (sign == '<') {
      out += "&lt;";
    } else if (sign == '>') {
      out += "&gt;";
    } else {
      out += sign;
    }
  }
  return out;
}

// Each says what /Info says too: a reader of either finds the same.
std::string xmp(const PdfMetadata& metadata) {
  const std::string open = "<rdf:Description rdf:about=\"\" xmlns:", close = "</rdf:Description>\n";
  std::string out =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta "
      "xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";
  out += open;
  out +=
      "pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>1</pdfaid:part>"
      "<pdfaid:conformance>B</pdfaid:conformance>" +
      close;
  out += open;
  out +=
      "dc=\"http://purl.org/dc/elements/1.1/\"><dc:format>application/pdf</dc:format><dc:title>"
      "<rdf:Alt><rdf:li xml:lang=\"x-default\">" +
      escaped(metadata.title) + "</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>" +
      escaped(metadata.author) + "</rdf:li></rdf:Seq></dc:creator>" + close;
  out += open;
  out += "xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreateDate>" + metadata.created + "</xmp:CreateDate>" +
         close;
  out += open;
  out += "pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>PRODUCER</pdf:Producer>";
  if (!metadata.keywords.empty()) out += "<pdf:Keywords>" + escaped(metadata.keywords) + "</pdf:Keywords>";
  return out + close + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

// 2026-11-22T00:00:00+09:00 as a PDF writes it.
std::string pdf_date(const std::string& iso) {
  std::string out = "D:";
  for (const char sign : iso.substr(0, 19))
    if (sign >= '0' && sign <= '9') out += sign;
  return out + "+09'00'";
}

}  // namespace

base::Result<base::Bytes> archived(base::ByteView pdf, const PdfMetadata& metadata) {
  const base::Bytes profile = srgb_profile();
  const std::string out =
      qpdf_pass(std::string(base::text_view(pdf)),
                {pdf_date(metadata.created), xmp(metadata), std::string(base::text_view(profile))});
  if (out.empty()) return base::fail(base::Code::BadInput, "no PDF of ours");
  return base::copy(base::view(out));
}

}  // namespace machi::clerk
