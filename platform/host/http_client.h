// A small HTTP client over libcurl for the town's programs and tests: one request at a time, bounded answers.
// One thread a client; its connection is kept for the next request.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "platform/host/http_server.h"

namespace machi::host {

struct HttpAnswer {
  int status = 0;
  std::vector<HttpHeader> headers;  // names in lower case
  base::Bytes body;
  std::string_view header(std::string_view lower_case_name) const;
};

class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;

  // Unreachable when there is no answer in time, TooLarge when it has more than `limit` bytes.
  base::Result<HttpAnswer> get(const std::string& url, const std::vector<HttpHeader>& headers = {});
  base::Result<HttpAnswer> post(const std::string& url, base::ByteView body,
                                const std::vector<HttpHeader>& headers = {});
  // Any method; no body when `body` is empty.
  base::Result<HttpAnswer> request(const std::string& method, const std::string& url, base::ByteView body,
                                   const std::vector<HttpHeader>& headers);
  // A GET whose bytes are handed on as they come, until `on_bytes` says false or the other side ends.
  base::Result<HttpAnswer> stream(const std::string& url, const std::vector<HttpHeader>& headers,
                                  std::function<bool(base::ByteView)> on_bytes);

  int timeout_ms = 20000;
  std::size_t limit = 8 * 1024 * 1024;

 private:
  struct Call;
  base::Result<HttpAnswer> perform(const std::string& method, const std::string& url, base::ByteView body,
                                   const std::vector<HttpHeader>& headers, Call& call);
  void* curl_;
};

}  // namespace machi::host
