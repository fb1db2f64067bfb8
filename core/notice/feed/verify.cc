// Reads on after every problem, so that one broken file hides no other. Pure.
#include "core/notice/feed/verify.h"

#include <map>
#include <set>

#include "core/crypto/sodium.h"

namespace machi::notice {

namespace {

std::string numbered(std::string_view name, std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return std::string(name) + "-" + digits + ".cbor";
}

std::string why(const base::Error& error) {
  std::string out(base::code_name(error.code));
  if (!error.detail.empty()) out += ": " + error.detail;
  return out;
}

class Verifier {
 public:
  Verifier(const FeedFile& file, const mail::Town& town, Instant now)
      : file_(file), trust_(town), now_(now) {}

  FeedReport run() {
    delegations();
    if (!head()) return std::move(report_);
    for (std::uint64_t number = 0; number < report_.pages; ++number) page(number);
    bodies();
    for (const auto& [name, booklet] : booklets_) blob(booklet.hash, booklet.size);
    return std::move(report_);
  }

 private:
  void problem(const std::string& name, std::string what) {
    report_.problems.push_back({name, std::move(what)});
  }

  std::optional<Bytes> read(const std::string& name) {
    auto bytes = file_(name);
    if (!bytes.ok()) {
      problem(name, bytes.code() == Code::NotFound ? "is missing" : "cannot be read: " + why(bytes.error()));
      return std::nullopt;
    }
    report_.bytes += bytes->size();
    return std::move(*bytes);
  }

  void delegations() {
    const std::string name(kDelegationsFile);
    const auto bytes = read(name);
    if (!bytes) return;
    const auto list = code::decode(*bytes);
    if (!list.ok() || !list->array()) return problem(name, "is no list of delegations");
    for (std::size_t i = 0; i < list->array()->size(); ++i) {
      const auto raw = (*list->array())[i].bytes();
      if (!raw.ok()) {
        problem(name, "delegation " + std::to_string(i) + " is no byte string");
        continue;
      }
      const auto admitted = trust_.admit(base::copy(*raw));
      if (!admitted.ok() && admitted.code() != Code::Unsupported)
        problem(name, "delegation " + std::to_string(i) + ": " + why(admitted.error()));
    }
    for (const mail::TownRole role : {mail::TownRole::Editor, mail::TownRole::HubFreshness})
      if (trust_.keys(role, now_).empty())
        problem(name, "nobody holds the role " + std::string(mail::role_name(role)) + " now");
  }

  bool head() {
    const std::string name(kHeadFile);
    const auto bytes = read(name);
    if (!bytes) return false;
    const auto answer = mail::decode_feed_answer(*bytes);
    if (!answer.ok()) return problem(name, "is no head: " + why(answer.error())), false;
    const auto checked = mail::check_head(*answer, trust_, now_);
    if (!checked.ok()) return problem(name, why(checked.error())), false;
    report_.pages = checked->head.pages;
    report_.head = checked->head.at;
    report_.fresh = checked->fresh;
    last_ = checked->head.last;
    if (checked->fresh.plus_seconds(kStaleSeconds) < now_)
      problem(name, "is stale: the hub said more than a day ago that it is the newest");
    if (checked->fresh > now_.plus_seconds(600)) problem(name, "is from the future");
    return true;
  }

  void page(std::uint64_t number) {
    const std::string name = page_file_name(number);
    const auto bytes = read(name);
    if (!bytes) {
      chain_.reset();
      return;
    }
    const Hash hash = crypto::hash(*bytes);
    const bool last = number + 1 == report_.pages;
    if (last && hash != last_) problem(name, "is not the page that the head names");
    const auto page = mail::decode_page(*bytes);
    if (!page.ok()) {
      problem(name, "cannot be read: " + why(page.error()));
      chain_.reset();
      return;
    }
    if (page->number != number) problem(name, "says that it is page " + std::to_string(page->number));
    if (number == 0 ? page->previous != Hash{} : chain_ && page->previous != *chain_)
      problem(name, "does not follow the page before");
    chain_ = hash;
    for (std::size_t i = 0; i < page->items.size(); ++i) item(name, number, i, page->items[i]);
  }

  void item(const std::string& name, std::uint64_t number, std::size_t index, const Bytes& raw) {
    const std::string which = "item " + std::to_string(index);
    ++report_.items;
    const auto item = mail::read_item(raw, trust_, now_);
    if (!item.ok()) return problem(name, which + ": " + why(item.error()));
    if (report_.items > 1 && item->serial <= serial_)
      problem(name,
              which + ": its serial " + std::to_string(item->serial) + " does not come after the one before");
    serial_ = item->serial;
    report_.offices += item->type == "office" ? 1 : 0;
    if (item->type == kBookletType) {
      const auto booklet = decode_booklet(item->content);
      if (!booklet.ok()) return problem(name, which + ": " + why(booklet.error()));
      booklets_[booklet->name] = *booklet;
    }
    if (item->type != kNoticeType) return;
    const auto header = decode_header(item->content);
    if (!header.ok()) return problem(name, which + ": " + why(header.error()));
    const std::uint64_t root = header->act == NoticeAct::Publish ? item->serial : header->of;
    if (header->act != NoticeAct::Publish && !versions_.contains(root))
      return problem(name, which + ": it is about notice " + std::to_string(root) + ", which is not there");
    switch (header->act) {
      case NoticeAct::Publish:
        ++report_.notices;
        break;
      case NoticeAct::Correct:
        ++report_.corrections;
        break;
      case NoticeAct::Withdraw:
        report_.withdrawn += withdrawn_.insert(root).second ? 1 : 0;
        return;
    }
    versions_[root] = {number, header->body};
    pages_.insert(number);
  }

  void bodies() {
    std::map<std::uint64_t, std::set<Hash>> there;
    for (const std::uint64_t number : pages_) {
      const std::string name = texts_file_name(number);
      bool needed = false;
      for (const auto& [root, version] : versions_)
        needed = needed || (version.page == number && !withdrawn_.contains(root));
      auto bytes = file_(name);
      if (!bytes.ok() && bytes.code() == Code::NotFound && !needed) continue;
      const auto held = read(name);
      if (!held) continue;
      const auto texts = decode_texts(*held);
      if (!texts.ok()) {
        problem(name, "cannot be read: " + why(texts.error()));
        continue;
      }
      if (texts->page != number) problem(name, "says that it is of page " + std::to_string(texts->page));
      for (std::size_t i = 0; i < texts->bodies.size(); ++i) {
        const Hash hash = crypto::hash(texts->bodies[i]);
        there[number].insert(hash);
        ++report_.bodies;
        if (const auto body = decode_body(texts->bodies[i]); !body.ok())
          problem(name, "body " + std::to_string(i) + ": " + why(body.error()));
        else
          for (const Attachment& one : body->attachments) blob(one.hash, one.size);
        bool named = false;
        for (const auto& [root, version] : versions_)
          named = named || (version.body == hash && version.page == number && !withdrawn_.contains(root));
        if (!named)
          problem(name, "body " + std::to_string(i) + " belongs to no notice in force: withdrawn or forged");
      }
    }
    for (const auto& [root, version] : versions_)
      if (!withdrawn_.contains(root) && !there[version.page].contains(version.body))
        problem(texts_file_name(version.page), "the body of notice " + std::to_string(root) + " is missing");
  }

  // A file that somebody names, once.
  void blob(const Hash& hash, std::uint64_t size) {
    if (!blobs_.insert(hash).second) return;
    const std::string name = blob_file_name(hash);
    const auto bytes = read(name);
    if (!bytes) return;
    if (crypto::hash(*bytes) != hash || bytes->size() != size) problem(name, "is not what its name says");
  }

  struct Version {
    std::uint64_t page = 0;
    Hash body{};
  };
  const FeedFile& file_;
  mail::Trust trust_;
  Instant now_;
  FeedReport report_;
  Hash last_{};
  std::optional<Hash> chain_;
  std::uint64_t serial_ = 0;
  std::map<std::uint64_t, Version> versions_;
  std::set<std::uint64_t> withdrawn_, pages_;
  std::map<std::string, Booklet> booklets_;  // in force
  std::set<Hash> blobs_;
};

}  // namespace

std::string page_file_name(std::uint64_t number) { return numbered("page", number); }
std::string blob_file_name(const Hash& hash) { return "blob-" + base::to_hex(hash); }
std::string texts_file_name(std::uint64_t number) { return numbered("texts", number); }

FeedReport verify_feed(const FeedFile& file, const mail::Town& town, Instant now) {
  return Verifier(file, town, now).run();
}

}  // namespace machi::notice
