// HTML by hand.
#include "platform/channels/page.h"

namespace machi::channels {

namespace {

int hex_of(char sign) {
  if (sign >= '0' && sign <= '9') return sign - '0';
  if (sign >= 'a' && sign <= 'f') return sign - 'a' + 10;
  if (sign >= 'A' && sign <= 'F') return sign - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%' && i + 2 < text.size() && hex_of(text[i + 1]) >= 0 &&
               hex_of(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char sign : text) switch (sign) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += sign;
    }
  return out;
}

host::HttpResponse page(int status, std::string_view title, const std::string& body) {
  host::HttpResponse out;
  out.status = status;
  out.content_type = "text/html; charset=utf-8";
  const std::string html =
      "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\"><title>" +
      escaped(title) + "</title></head><body><main><h1>" + escaped(title) + "</h1>" + body +
      "</main></body></html>\n";
  out.body = base::copy(base::view(html));
  out.headers = {{"Cache-Control", "no-store"},
                 {"Content-Security-Policy",
                  "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Referrer-Policy", "no-referrer"}};
  return out;
}

std::string form_value(std::string_view form, std::string_view name) {
  std::string out;
  while (!form.empty()) {
    const std::size_t end = std::min(form.find('&'), form.size());
    const std::string_view pair = form.substr(0, end);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (decoded(pair.substr(0, equals)) == name && equals < pair.size()) {
      if (!out.empty()) out += ',';
      out += decoded(pair.substr(equals + 1));
    }
    form.remove_prefix(std::min(end + 1, form.size()));
  }
  return out;
}

}  // namespace machi::channels
