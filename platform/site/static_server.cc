// Reading, caching and answering. On the HTTP server's thread; a file that cannot be read is not there.
#include "platform/site/static_server.h"

#include <algorithm>

#include "core/crypto/sodium.h"
#include "platform/host/file.h"
#include "platform/site/site_names.h"

namespace machi::site {

namespace fs = std::filesystem;
using host::HttpRequest;
using host::HttpResponse;

namespace {

constexpr std::size_t kFileLimit = 256 * 1024 * 1024;

HttpResponse plain(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = base::copy(base::view(text));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

std::string policy(const std::string& hub) {
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: "
         "blob:; connect-src 'self'" +
         (hub.empty() ? "" : " " + hub) +
         "; worker-src 'self'; manifest-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri "
         "'none'; "
         "frame-ancestors 'none'";
}

// "W/" does not matter to a cache that asks whether its copy is good.
bool names(std::string_view if_none_match, std::string_view etag) {
  return if_none_match == "*" || if_none_match.find(etag) != std::string_view::npos;
}

}  // namespace

base::Result<std::unique_ptr<StaticSite>> StaticSite::open(StaticSiteOptions options) {
  std::error_code error;
  options.folder = fs::canonical(options.folder, error);
  if (error || !fs::is_directory(options.folder, error)) return base::fail(base::Code::NotFound, "folder");
  return std::unique_ptr<StaticSite>(new StaticSite(std::move(options)));
}

std::string_view StaticSite::route_name(std::string_view, std::string_view target) const {
  const auto path = file_of_target(target);
  if (!path) return "refused";
  return is_named_by_content(*path) ? "asset" : "page";
}

HttpResponse StaticSite::refused(int status, const HttpRequest&) const {
  return dressed(plain(status, "refused\n"));
}

HttpResponse StaticSite::dressed(HttpResponse response) const {
  auto& headers = response.headers;
  headers.push_back({"Content-Security-Policy", policy(options_.hub)});
  headers.push_back({"Permissions-Policy",
                     "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"});
  headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
  headers.push_back({"X-Content-Type-Options", "nosniff"});
  headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

const StaticSite::File* StaticSite::file(const std::string& path) {
  std::error_code error;
  const fs::path wanted = fs::canonical(options_.folder / path, error);
  if (error) return nullptr;
  // A link inside the folder must not lead out of it.
  const auto [end, ignored] =
      std::mismatch(options_.folder.begin(), options_.folder.end(), wanted.begin(), wanted.end());
  if (end != options_.folder.end() || !fs::is_regular_file(wanted, error)) return nullptr;
  const auto changed = fs::last_write_time(wanted, error);
  if (error) return nullptr;
  if (auto found = cache_.find(path); found != cache_.end()) {
    if (found->second.changed == changed) return &found->second;
    cached_ -= found->second.bytes.size();
    cache_.erase(found);
  }
  auto bytes = host::read_file(wanted, kFileLimit);
  if (!bytes.ok()) return nullptr;
  if (cached_ + bytes->size() > options_.cache_bytes) {
    cache_.clear();
    cached_ = 0;
  }
  cached_ += bytes->size();
  const auto hash = crypto::hash(*bytes);
  std::string etag = "\"" + base::to_hex(base::ByteView(hash).first(12)) + "\"";
  return &cache_.insert_or_assign(path, File{changed, std::move(*bytes), std::move(etag)}).first->second;
}

const StaticSite::File* StaticSite::compressed(const std::string& path, std::string_view ending) {
  std::error_code error;
  const auto original = fs::last_write_time(options_.folder / path, error);
  if (error) return nullptr;
  const File* found = file(path + std::string(ending));
  // A page that was built again without its compressed form is sent as it is now.
  if (found != nullptr && !is_named_by_content(path) && found->changed < original) return nullptr;
  return found;
}

HttpResponse StaticSite::answer(const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD") {
    HttpResponse response = plain(405, "method not allowed\n");
    response.headers.push_back({"Allow", "GET, HEAD"});
    return dressed(std::move(response));
  }
  const auto path = file_of_target(request.target);
  if (!path) return dressed(plain(404, "not found\n"));
  const File* found = nullptr;
  std::string_view coding;
  const std::string_view accepted = request.header("accept-encoding");
  if (accepts(accepted, "br") && (found = compressed(*path, ".br")) != nullptr) coding = "br";
  if (found == nullptr && accepts(accepted, "gzip") && (found = compressed(*path, ".gz")) != nullptr)
    coding = "gzip";
  if (found == nullptr) found = file(*path);
  if (found == nullptr) return dressed(plain(404, "not found\n"));

  HttpResponse response;
  response.content_type = media_type(*path);
  response.headers.push_back({"ETag", found->etag});
  response.headers.push_back({"Vary", "Accept-Encoding"});
  response.headers.push_back(
      {"Cache-Control", is_named_by_content(*path) ? "public, max-age=31536000, immutable" : "no-cache"});
  if (names(request.header("if-none-match"), found->etag)) {
    response.status = 304;
    return dressed(std::move(response));
  }
  if (!coding.empty()) response.headers.push_back({"Content-Encoding", std::string(coding)});
  response.body = found->bytes;
  return dressed(std::move(response));
}

void StaticSite::serve(HttpRequest request, std::function<void(HttpResponse)> respond) {
  respond(answer(request));
}

}  // namespace machi::site
