// A folder of a built web site over HTTP: what was compressed beforehand is sent so, what is named by its
// content's hash is cached for good, everything else is asked for again by ETag. Not the hub's process, and
// not its origin. serve() on the HTTP server's thread.
#pragma once

#include <filesystem>
#include <map>

#include "platform/host/http_server.h"

namespace machi::site {

struct StaticSiteOptions {
  std::filesystem::path folder;
  std::string hub;  // origins that the pages may call, a space between; "" for none
  std::size_t cache_bytes = 64 * 1024 * 1024;
};

class StaticSite final : public host::HttpService {
 public:
  // NotFound when the folder is not there.
  static base::Result<std::unique_ptr<StaticSite>> open(StaticSiteOptions options);

  void serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) override;
  std::size_t body_limit(std::string_view, std::string_view) const override { return 0; }
  std::string_view route_name(std::string_view method, std::string_view target) const override;
  host::HttpResponse refused(int status, const host::HttpRequest& head) const override;

  // The answer to a request; for tests without a network.
  host::HttpResponse answer(const host::HttpRequest& request);

 private:
  struct File {
    std::filesystem::file_time_type changed;
    base::Bytes bytes;
    std::string etag;
  };
  explicit StaticSite(StaticSiteOptions options) : options_(std::move(options)) {}
  // nullptr when it is no plain file inside the folder.
  const File* file(const std::string& path);
  // A form of it that was compressed beforehand and is not older.
  const File* compressed(const std::string& path, std::string_view ending);
  host::HttpResponse dressed(host::HttpResponse response) const;

  StaticSiteOptions options_;
  std::map<std::string, File> cache_;
  std::size_t cached_ = 0;
};

}  // namespace machi::site
