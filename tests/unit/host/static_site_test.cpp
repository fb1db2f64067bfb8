// The server for built web sites: names, codings, caching, headers, and paths that want to leave the folder.
#include "platform/site/static_server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "core/crypto/sodium.h"
#include "platform/host/file.h"
#include "platform/host/http_client.h"
#include "platform/site/site_names.h"

namespace machi::site {
namespace {

namespace fs = std::filesystem;

class Site : public testing::Test {
 protected:
  Site() {
    EXPECT_TRUE(crypto::ready());
    folder = fs::temp_directory_path() / ("machi-site-test-" + std::to_string(::getpid())) / "web";
    fs::remove_all(folder.parent_path());
    fs::create_directories(folder / "assets");
    put("index.html", "<p>start</p>");
    put("manifest.webmanifest", "{}");
    put("assets/app-5Q3K4ZXY.js", "let a = 1");
    put("assets/app-5Q3K4ZXY.js.br", "BR");
    put("assets/app-5Q3K4ZXY.js.gz", "GZ");
    put("core.3f2a9c1b77.wasm", "wasm");
    put("../secret.txt", "secret");
    fs::create_symlink(folder.parent_path() / "secret.txt", folder / "link.txt");
    site = std::move(*StaticSite::open({folder, "https://hub.example"}));
  }
  ~Site() override { fs::remove_all(folder.parent_path()); }

  void put(const std::string& name, std::string_view text) {
    ASSERT_TRUE(host::write_file(folder / name, base::view(text)).ok());
  }
  host::HttpResponse get(const std::string& target, std::vector<host::HttpHeader> headers = {},
                         const std::string& method = "GET") {
    return site->answer({method, target, std::move(headers), {}, ""});
  }
  static std::string header(const host::HttpResponse& response, std::string_view name) {
    for (const auto& h : response.headers)
      if (h.name == name) return h.value;
    return "";
  }
  static std::string text(const host::HttpResponse& response) {
    return std::string(base::text_view(response.body));
  }

  fs::path folder;
  std::unique_ptr<StaticSite> site;
};

TEST_F(Site, SendsTheStartPageWithThePolicyAsDecided) {
  const auto response = get("/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(text(response), "<p>start</p>");
  EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  EXPECT_EQ(header(response, "Content-Security-Policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' "
            "data: blob:; "
            "connect-src 'self' https://hub.example; worker-src 'self'; manifest-src 'self'; media-src "
            "'self' blob:; "
            "form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
  EXPECT_NE(header(response, "Permissions-Policy").find("camera=(self)"), std::string::npos);
  EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
}

TEST_F(Site, SendsWhatWasCompressedToWhoTakesIt) {
  const std::string path = "/assets/app-5Q3K4ZXY.js";
  EXPECT_EQ(text(get(path)), "let a = 1");
  EXPECT_EQ(header(get(path), "Content-Encoding"), "");
  const auto brotli = get(path, {{"Accept-Encoding", "gzip, deflate, br"}});
  EXPECT_EQ(text(brotli), "BR");
  EXPECT_EQ(header(brotli, "Content-Encoding"), "br");
  EXPECT_EQ(header(brotli, "Vary"), "Accept-Encoding");
  EXPECT_EQ(brotli.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(text(get(path, {{"accept-encoding", "gzip;q=0.5"}})), "GZ");
  EXPECT_EQ(text(get(path, {{"Accept-Encoding", "br;q=0, gzip"}})), "GZ");
}

TEST_F(Site, CachesForGoodOnlyWhatIsNamedByItsContent) {
  EXPECT_EQ(header(get("/assets/app-5Q3K4ZXY.js"), "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get("/core.3f2a9c1b77.wasm"), "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/core.3f2a9c1b77.wasm").content_type, "application/wasm");
  EXPECT_EQ(header(get("/manifest.webmanifest"), "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/manifest.webmanifest").content_type, "application/manifest+json");
}

TEST_F(Site, AnswersThatACopyIsStillGood) {
  const std::string etag = header(get("/"), "ETag");
  const auto again = get("/", {{"If-None-Match", "W/\"other\", " + etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  put("index.html", "<p>new</p>");
  EXPECT_EQ(get("/", {{"If-None-Match", etag}}).status, 200);
  EXPECT_EQ(text(get("/")), "<p>new</p>");
}

TEST_F(Site, DoesNotSendAnOldCompressedPageForANewOne) {
  put("index.html.br", "OLD");
  EXPECT_EQ(text(get("/", {{"Accept-Encoding", "br"}})), "OLD");
  fs::last_write_time(folder / "index.html", fs::file_time_type::clock::now() + std::chrono::seconds(5));
  EXPECT_EQ(text(get("/", {{"Accept-Encoding", "br"}})), "<p>start</p>");
}

TEST_F(Site, LetsNobodyOutOfItsFolder) {
  for (const char* target :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt",
        "//etc/passwd", "/\\..\\secret.txt", "/./index.html", "/.git/config", "secret.txt", "",
        "http://host/secret.txt", "/assets", "/assets/"})
    EXPECT_EQ(get(target).status, 404) << target;
}

TEST_F(Site, TakesGetAndHeadOnly) {
  EXPECT_EQ(get("/", {}, "POST").status, 405);
  EXPECT_EQ(header(get("/", {}, "POST"), "Allow"), "GET, HEAD");
  EXPECT_EQ(get("/", {}, "HEAD").status, 200);
}

TEST_F(Site, ServesOverHttp) {
  const host::EventLog log(-1);
  auto server = std::move(*host::HttpServer::listen({}, *site, log));
  std::thread thread([&] { server->run(false); });
  host::HttpClient client;
  const std::string url = "http://127.0.0.1:" + std::to_string(server->port());
  const auto page = client.get(url + "/");
  EXPECT_EQ(page->status, 200);
  EXPECT_EQ(base::text_view(page->body), "<p>start</p>");
  const auto head = client.request("HEAD", url + "/", {}, {});
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("content-length"), "12");
  EXPECT_EQ(client.get(url + "/", {{"If-None-Match", std::string(page->header("etag"))}})->status, 304);
  EXPECT_EQ(client.get(url + "/../secret.txt")->status, 404);
  EXPECT_EQ(client.post(url + "/", base::Bytes(10, 1))->status, 413);
  server->stop();
  thread.join();
}

TEST(SiteNames, KnowAContentHashFromAWord) {
  EXPECT_TRUE(is_named_by_content("a/app-0123abcd.js"));
  EXPECT_TRUE(is_named_by_content("app-ABCDEFGH.css"));
  EXPECT_TRUE(is_named_by_content("app-0123abcd.js.map"));
  EXPECT_FALSE(is_named_by_content("service-worker.js"));
  EXPECT_FALSE(is_named_by_content("index.html"));
  EXPECT_FALSE(is_named_by_content("config.json"));
  EXPECT_FALSE(is_named_by_content("icon-192.png"));
}

}  // namespace
}  // namespace machi::site
