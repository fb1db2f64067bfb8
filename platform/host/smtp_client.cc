// libcurl's SMTP. It writes MAIL, RCPT and DATA, and doubles the dots that begin a line.
#include "platform/host/smtp_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace machi::host {

using base::Code;
using base::fail;

namespace {

bool one_line(std::string_view text) {
  return !text.empty() && text.find_first_of(std::string_view("\r\n\0<>", 5)) == std::string_view::npos;
}

// Each line ends with CR LF; neither stands alone.
bool lines_end_well(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) return false;
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) return false;
  }
  return true;
}

struct Rest {
  std::string_view text;
};

std::size_t read_on(char* to, std::size_t size, std::size_t count, void* from) {
  Rest& rest = *static_cast<Rest*>(from);
  const std::size_t now = std::min(size * count, rest.text.size());
  std::memcpy(to, rest.text.data(), now);
  rest.text.remove_prefix(now);
  return now;
}

}  // namespace

SmtpClient::SmtpClient(SmtpServer server) : server_(std::move(server)) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  curl_ = curl_easy_init();
}

SmtpClient::~SmtpClient() { curl_easy_cleanup(static_cast<CURL*>(curl_)); }

base::Result<int> SmtpClient::send(const std::string& from, const std::string& to,
                                   const std::string& message) {
  CURL* curl = static_cast<CURL*>(curl_);
  if (curl == nullptr) return fail(Code::Unreachable, "curl");
  if (!one_line(from) || !one_line(to)) return fail(Code::BadInput, "address");
  if (!lines_end_well(message)) return fail(Code::BadInput, "message");
  curl_easy_reset(curl);
  Rest rest{message};
  curl_slist* receivers = curl_slist_append(nullptr, ("<" + to + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_URL, server_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(server_.plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
  if (!server_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &read_on);
  curl_easy_setopt(curl, CURLOPT_READDATA, &rest);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  const CURLcode done = curl_easy_perform(curl);
  curl_slist_free_all(receivers);
  long reply = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
  if (done == CURLE_OK) return 250;
  return reply >= 400 ? static_cast<int>(reply) : 0;
}

}  // namespace machi::host
