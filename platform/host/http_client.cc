// libcurl, and nothing of it beyond this file. One thread a client.
#include "platform/host/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <mutex>

namespace machi::host {

using base::ByteView;
using base::Code;
using base::fail;
using base::Result;

struct HttpClient::Call {
  HttpAnswer answer;
  std::function<bool(ByteView)> on_bytes;
  std::size_t limit = 0;
  bool too_large = false;
  bool ended = false;
};

namespace {

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

HttpHeader header_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
    value.remove_suffix(1);
  return {std::move(name), std::string(value)};
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view lower_case_name) const {
  for (const HttpHeader& header : headers)
    if (header.name == lower_case_name) return header.value;
  return {};
}

HttpClient::HttpClient() {
  start_curl();
  curl_ = curl_easy_init();
}

HttpClient::~HttpClient() { curl_easy_cleanup(curl_); }

Result<HttpAnswer> HttpClient::get(const std::string& url, const std::vector<HttpHeader>& headers) {
  return request("GET", url, {}, headers);
}

Result<HttpAnswer> HttpClient::post(const std::string& url, ByteView body,
                                    const std::vector<HttpHeader>& headers) {
  std::vector<HttpHeader> all = headers;
  all.push_back({"Content-Type", "application/cbor"});
  return request("POST", url, body, all);
}

Result<HttpAnswer> HttpClient::request(const std::string& method, const std::string& url, ByteView body,
                                       const std::vector<HttpHeader>& headers) {
  Call call;
  call.limit = limit;
  return perform(method, url, body, headers, call);
}

Result<HttpAnswer> HttpClient::stream(const std::string& url, const std::vector<HttpHeader>& headers,
                                      std::function<bool(ByteView)> on_bytes) {
  Call call;
  call.on_bytes = std::move(on_bytes);
  return perform("GET", url, {}, headers, call);
}

Result<HttpAnswer> HttpClient::perform(const std::string& method, const std::string& url, ByteView body,
                                       const std::vector<HttpHeader>& headers, Call& call) {
  CURL* curl = static_cast<CURL*>(curl_);
  if (curl == nullptr) return fail(Code::Unreachable, "curl");
  curl_easy_reset(curl);
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const HttpHeader& header : headers)
    list = curl_slist_append(list, (header.name + ": " + header.value).c_str());

  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_ms));
  if (method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  if (method == "POST" || !body.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                     body.empty() ? "" : reinterpret_cast<const char*>(body.data()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  using Write = std::size_t (*)(char*, std::size_t, std::size_t, void*);
  const Write on_body = [](char* bytes, std::size_t size, std::size_t count, void* to) -> std::size_t {
    Call& current = *static_cast<Call*>(to);
    const ByteView piece(reinterpret_cast<const std::uint8_t*>(bytes), size * count);
    if (current.on_bytes) {
      current.ended = !current.on_bytes(piece);
      return current.ended ? 0 : piece.size();
    }
    if (current.answer.body.size() + piece.size() > current.limit) {
      current.too_large = true;
      return 0;
    }
    current.answer.body.insert(current.answer.body.end(), piece.begin(), piece.end());
    return piece.size();
  };
  const Write on_header = [](char* bytes, std::size_t size, std::size_t count, void* to) -> std::size_t {
    HttpHeader header = header_of({bytes, size * count});
    if (!header.name.empty()) static_cast<Call*>(to)->answer.headers.push_back(std::move(header));
    return size * count;
  };
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &call);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &call);

  const CURLcode done = curl_easy_perform(curl);
  curl_slist_free_all(list);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  call.answer.status = static_cast<int>(status);
  if (call.too_large) return fail(Code::TooLarge, "answer");
  if (done != CURLE_OK && !call.ended)
    return fail(Code::Unreachable, "curl " + std::to_string(static_cast<int>(done)));
  return std::move(call.answer);
}

}  // namespace machi::host
