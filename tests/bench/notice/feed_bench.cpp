// The size of a year's feed: 1,500 notices with segments, in three languages' worth of real Japanese prose
// (the agency's texts in tests/data/alerts, each notice two other pieces), as pages and texts, packed file by
// file. zlib at its best stands for brotli, which packs smaller: held here is held there. And what a day with
// nothing new costs, and how long a phone takes to take the year in. One JSON object; exit code 1 past 1 MB
// or 1 KB. The first word, if any, is a folder into which the files are written, for other packers and for a
// phone (phone.mjs: also the head with its delegations, and the town's pack); the second how many notices,
// when it is not a year. Run from the root of the repository.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/base/text.h"
#include "core/code/cwt.h"
#include "core/crypto/drbg.h"
#include "core/notice/alert/alert.h"
#include "core/notice/feed/notice_book.h"
#include "core/notice/feed/verify.h"
#include "platform/host/file.h"
#include "platform/host/xml/xml_reader.h"

namespace {

using namespace machi;
using base::Bytes;

// Sentences of the agency's headlines and comments.
std::vector<std::string> prose() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator("tests/data/alerts/jma"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> out;
  const notice::AlertMeanings none;
  for (const auto& file : files) {
    const auto bytes = host::read_file(file, host::kXmlLimit);
    if (!bytes.ok()) continue;
    const auto root = host::read_xml(*bytes);
    if (!root.ok()) continue;
    const auto alert = notice::read_alert(*root, none);
    if (!alert.ok()) continue;
    const std::string text = alert->texts[0].headline + alert->texts[0].description;
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t end = text.find("。", at);
      end = end == std::string::npos ? text.size() : end + 3;
      if (end - at > 20 && end - at < 400) out.push_back(text.substr(at, end - at));
      at = end;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string title_of(const std::string& sentence) {
  return base::from_code_points(base::to_code_points(sentence).substr(0, 20));
}

}  // namespace

int main(int argc, char** argv) {
  if (!crypto::ready()) return 1;
  const std::vector<std::string> sentences = prose();
  if (sentences.size() < 100) return std::fprintf(stderr, "no prose: run from the repository's root\n"), 1;
  crypto::Drbg entropy(crypto::Secret<32>(base::Array<32>{1}));
  const auto key = [](std::uint8_t n) { return crypto::sign_key(crypto::Secret<32>(base::Array<32>{n})); };
  const crypto::SignKey root = key(9), editor = key(11), freshness = key(12);
  const mail::Town town{{}, root.open};
  const base::Instant now = base::Instant::from_seconds(1795500000);
  std::uint64_t chance = 12345;
  const auto next = [&](std::size_t of) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(chance >> 33) % of;
  };
  std::vector<mail::Page> pages(1);
  std::map<std::uint64_t, notice::Texts> texts;
  const int count = argc > 2 ? std::atoi(argv[2]) : 1500;
  for (int i = 0; i < count; ++i) {
    notice::NoticeBody body;
    entropy.fill(body.salt);
    for (const char* language : {"ja", "ja-x-easy", "en"}) {
      std::string text;
      while (text.size() < 600) text += sentences[next(sentences.size())];
      body.texts.push_back({language, title_of(sentences[next(sentences.size())]), text});
    }
    const Bytes words = notice::encode_body(body);
    notice::NoticeHeader header;
    header.body = crypto::hash(words);
    header.segment = i % 3 == 0 ? ""
                                : "child " + std::to_string(i % 40) + "m.." + std::to_string(i % 7 + 4) +
                                      "y and district " + std::to_string(i % 12);
    header.theme = i % 2 == 0 ? "child-rearing" : "events";
    const Bytes item = mail::make_item({town.id, static_cast<std::uint64_t>(i), "notice",
                                        now.plus_seconds(-i * 20000), notice::encode_header(header)},
                                       editor);
    mail::Page grown = pages.back();
    grown.items.push_back(item);
    if (mail::encode_page(grown).size() > mail::kPageLimit)
      pages.push_back({pages.back().number + 1, crypto::hash(mail::encode_page(pages.back())), {item}});
    else
      pages.back() = std::move(grown);
    auto& file = texts[pages.back().number];
    file.page = pages.back().number;
    file.bodies.push_back(words);
  }
  mail::FeedAnswer answer;
  answer.head =
      mail::make_head({town.id, pages.size(), crypto::hash(mail::encode_page(pages.back())), now}, editor);
  answer.fresh = mail::make_fresh(town.id, answer.head, now, freshness);
  std::map<std::string, Bytes> files;
  for (const mail::Page& page : pages) {
    files[notice::page_file_name(page.number)] = mail::encode_page(page);
    files[notice::texts_file_name(page.number)] = notice::encode_texts(texts[page.number]);
  }
  std::size_t raw = 0, packed = 0;
  for (const auto& [name, bytes] : files) {
    raw += bytes.size();
    packed += code::deflate(bytes).size();
    if (argc > 1 && !host::write_file(std::filesystem::path(argv[1]) / name, bytes).ok()) return 1;
  }
  const std::size_t nothing_new = mail::encode_feed_answer(answer).size();

  auto database = store::Database::open({});
  auto book = notice::NoticeBook::open(**database);
  mail::Trust trust(town);
  mail::FeedAnswer whole = answer;
  for (const auto& [role, who] :
       {std::pair{mail::TownRole::Editor, &editor}, {mail::TownRole::HubFreshness, &freshness}}) {
    whole.delegations.push_back(mail::make_delegation(
        {town.id, role, who->open, now.plus_seconds(-86400 * 400), now.plus_seconds(86400)}, root));
    if (!trust.admit(whole.delegations.back()).ok()) return 1;
  }
  if (argc > 1) {
    const std::string pack = "{\"town\": \"" + town.id.hex() + "\", \"root\": \"" +
                             base::to_hex(root.open.bytes) + "\", \"name\": \"日和町\"}";
    if (!host::write_file(std::filesystem::path(argv[1]) / "head.cbor", mail::encode_feed_answer(whole))
             .ok() ||
        !host::write_file(std::filesystem::path(argv[1]) / "pack.json", base::view(pack)).ok())
      return 1;
  }
  const auto begin = std::chrono::steady_clock::now();
  if (!book->take_head(mail::encode_feed_answer(answer), trust, now).ok()) return 1;
  for (const mail::Page& page : pages)
    if (!book->take_page(page.number, files[notice::page_file_name(page.number)], trust, now).ok() ||
        !book->take_texts(files[notice::texts_file_name(page.number)]).ok())
      return 1;
  const auto ms = [](auto from) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
  };
  const double taken = ms(begin);
  const auto shown_from = std::chrono::steady_clock::now();
  const auto timeline = book->timeline({}, now);
  const double shown = ms(shown_from);
  const bool held = packed <= 1 << 20 && nothing_new < 1024 && timeline.ok() &&
                    timeline->size() == static_cast<std::size_t>(count);
  std::printf(
      "{\"notices\": %d, \"pages\": %zu, \"noticesAPage\": %.0f, \"rawBytes\": %zu, \"zlibBytes\": %zu, "
      "\"limitBytes\": %d, \"nothingNewBytes\": %zu, \"takenInMs\": %.1f, \"timelineMs\": %.1f, \"verdict\": "
      "\"%s\"}\n",
      count, pages.size(), count / static_cast<double>(pages.size()), raw, packed, 1 << 20, nothing_new,
      taken, shown, held ? "held" : "NOT HELD");
  return held ? 0 : 1;
}
