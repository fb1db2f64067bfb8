// The town of the harness: hub over SQLite, feed, a school founded by a device of the town hall, and the
// queue of time.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/check.h"
#include "core/crypto/sodium.h"
#include "core/pages/pack_shelf.h"
#include "tests/journeys/harness.h"

namespace machi::journeys {
namespace {

constexpr std::string_view kHub = "https://hub.example";
constexpr std::string_view kSite = "https://app.example";
constexpr std::int64_t kLatency = 30;

crypto::SignKey key_of(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

template <class T>
T must(base::Result<T> result) {
  if (!result.ok()) base::stop_for_bug(result.error().detail.c_str(), __FILE__, __LINE__);
  return std::move(*result);
}
void must(const base::Status& status) {
  if (!status.ok()) base::stop_for_bug(status.error().detail.c_str(), __FILE__, __LINE__);
}

}  // namespace

Town::Town(std::uint64_t seed, Instant start) : now_(start), entropy_(crypto::Drbg::of_number(seed)) {
  MACHI_CHECK(crypto::ready());
  std::string folder =
      std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path().string();
  folder += "/machi-journey-XXXXXX";
  MACHI_CHECK(mkdtemp(folder.data()) != nullptr);
  folder_ = folder;
  town_.id.bytes.fill(0x77);
  town_.root = key_of(9).open;
  const auto roles = {std::pair{mail::TownRole::Directory, 10}, std::pair{mail::TownRole::Editor, 11},
                      std::pair{mail::TownRole::HubFreshness, 12}, std::pair{mail::TownRole::HubReceipt, 14}};
  for (const auto& [role, number] : roles) {
    feed_.raw_delegations.push_back(
        mail::make_delegation({town_.id, role, key_of(static_cast<std::uint8_t>(number)).open,
                               now_.plus_seconds(-86400), now_.plus_seconds(400 * 86400)},
                              key_of(9)));
  }
  publish();
  open_hub(":memory:", false);
  say_idle();
}

void Town::open_hub(const std::string& path, bool new_incarnation) {
  disk_ = path;
  store_ = must(hub::SqliteMessageStore::open({path, "", false}));
  if (new_incarnation) must(store_->begin_incarnation(entropy_.id<base::IncarnationTag>(), now_));
  office_ = must(hub::PostOffice::open(*store_, feed_, {town_, key_of(12), key_of(14)}, entropy_, now_));
}

void Town::close_hub() {
  drop_streams(nullptr);
  for (const auto& [call, cursor] : std::exchange(hall_streams_, {})) hall_->answer(call, 0, {}, now_);
  office_.reset();
  store_.reset();
}

void Town::take_backup() {
  std::filesystem::remove(folder_ + "/backup.db");
  must(store_->backup_to(folder_ + "/backup.db"));
}

void Town::restore_backup() {
  close_hub();
  const std::string path = folder_ + "/hub-" + std::to_string(++disks_) + ".db";
  std::filesystem::copy_file(folder_ + "/backup.db", path);
  open_hub(path, true);
}

void Town::crash_hub() {
  // A disk outlives its process, memory does not: from the first crash on the hub has a file.
  const std::string path = disk_ == ":memory:" ? folder_ + "/hub-0.db" : disk_;
  if (disk_ == ":memory:") must(store_->backup_to(path));
  close_hub();
  open_hub(path, false);
}

void Town::run_to(int hour, int minute) {
  const Instant then =
      base::instant_of(base::date_of(now_), TimeOfDay{static_cast<std::int16_t>(hour * 60 + minute)});
  if (then > now_) run_for(then.ms - now_.ms);
}

Town::~Town() {
  devices_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Town::publish() {
  feed_.pages = {mail::encode_page({0, {}, items_})};
  feed_.head_bytes = mail::make_head({town_.id, 1, crypto::hash(feed_.pages[0]), now_}, key_of(11));
}

void Town::give_out_rules(const code::Cbor& pack) {
  site[pages::kPackPath] =
      pages::encode_pack_file(feed_.raw_delegations, rules::sign_pack(town_.id, pack, key_of(11)));
}

std::string Town::pack() const {
  return R"({"town":")" + town_.id.hex() + R"(","root":")" + base::to_hex(town_.root.bytes) +
         R"(","name":"日和町","closedDays":["2026-11-03","2026-11-23","2026-12-29"],"site":"https://app.example")" +
         (has_shelter_ ? R"(,"shelter":{"office":")" + std::string(32, '5') + R"(","epoch":1,"key":")" +
                             base::to_hex(shelter_key().open.bytes) + R"("})"
                       : "") +
         "}";
}

Device& Town::device(const std::string& name, const std::string& app) {
  devices_.push_back(std::make_unique<Device>(*this, name, app));
  return *devices_.back();
}

void Town::found(std::string name, std::string telephone, std::vector<absence::Roll> rolls) {
  school_ = must(hall_->found_office(now_));
  school_name_ = name;
  slips_.clear();
  pump_hall();
  run_for(5000);
  const mail::Recipient self = must(hall_->self(school_));
  mail::Office item;
  item.mailbox = school_;
  item.kind = "school";
  item.name = std::move(name);
  item.founder = hall_->posting_key(school_);
  item.telephone = std::move(telephone);
  item.epoch = self.epoch;
  item.epoch_key = self.epoch_key;
  item.please_call = TimeOfDay{8 * 60};
  item.starts = TimeOfDay{8 * 60 + 20};
  ++pen_;  // every school its own
  item.slip_keys = {key_of(pen_).open};
  items_.push_back(
      mail::make_item({town_.id, ++serial_, "office", now_, mail::encode_office(item)}, key_of(10)));
  publish();
  (void)must(hall_->send(
      must(hall_->self(school_)), absence::kKindPen,
      absence::encode(absence::SlipPen{key_of(pen_).seed.clone(), now_.plus_seconds(400 * 86400)}), now_));
  for (const absence::Roll& roll : rolls) {
    (void)must(hall_->send(must(hall_->self(school_)), absence::kKindRoll, absence::encode(roll), now_));
    rolls_.push_back(roll);
  }
  pump_hall();
  run_for(2000);
}

void Town::found_second_school() {
  absence::Roll first{entropy_.id<absence::ClassTag>(), 7, "3組", "森", {}};
  first.pupils.push_back({entropy_.id<absence::PupilTag>(),
                          1,
                          "佐倉 りく",
                          "さくら りく",
                          *Date::of(2013, 5, 5),
                          {"0000123456"}});
  found("北中学校", "0000-65-4321", {first});
}

void Town::found_school() {
  hall_database_ = must(store::Database::open({}));
  must(hall_database_->migrate(mail::Client::migrations()));
  must(hall_database_->migrate(notice::DraftBook::migrations()));
  drafts_ = std::make_unique<notice::DraftBook>(*hall_database_,
                                                [this] { return hall_->posting_key(care_["notice"]); });
  mail::ClientEvents events;
  events.on_message = [this](const mail::Received& mail) -> base::Status {
    if (mail.kind == notice::kKindSums) return base::Status{};  // its own
    if (notice::DraftBook::is_kind(mail.kind)) return drafts_->fold(mail.kind, mail.content, mail.from);
    if (mail.kind != "slip.application") return {};
    const auto asked = mail::decode_application(mail.content);
    if (asked.ok()) applicants_.push_back({asked->person, asked->epoch, asked->epoch_key});
    return {};
  };
  events.on_log = [this](std::string_view what, std::string_view detail) {
    log.push_back("hall " + std::string(what) + " " + std::string(detail));
  };
  hall_ = std::make_unique<mail::Client>(*hall_database_, entropy_, mail::ClientOptions{town_, false},
                                         std::move(events));
  must(hall_->load(now_));
  const auto pupil = [this](int number, std::string name, std::string reading, Date birth,
                            std::string telephone) {
    return absence::PupilRecord{entropy_.id<absence::PupilTag>(),
                                number,
                                std::move(name),
                                std::move(reading),
                                birth,
                                {std::move(telephone)}};
  };
  absence::Roll third{entropy_.id<absence::ClassTag>(), 3, "1組", "田村", {}};
  third.pupils.push_back(pupil(1, "阿部 れん", "あべ れん", *Date::of(2017, 6, 3), "0000771234"));
  third.pupils.push_back(pupil(2, "佐倉 みお", "さくら みお", *Date::of(2017, 9, 12), "0000123456"));
  absence::Roll first{entropy_.id<absence::ClassTag>(), 1, "2組", "林", {}};
  first.pupils.push_back(pupil(1, "佐倉 そら", "さくら そら", *Date::of(2019, 11, 30), "0000123456"));
  found("東小学校", "0000-12-3456", {third, first});
}

const absence::PupilRecord& Town::pupil(std::string_view name) const {
  for (const absence::Roll& roll : rolls_) {
    for (const absence::PupilRecord& pupil : roll.pupils) {
      if (pupil.name == name) return pupil;
    }
  }
  base::stop_for_bug("no such pupil", __FILE__, __LINE__);
}

PrintedSlip Town::slip(std::string_view name, std::int64_t good_seconds) {
  PrintedSlip out;
  entropy_.fill(out.code);
  const mail::Slip slip{town_.id, out.code, school_, school_name_, now_, now_.plus_seconds(good_seconds)};
  out.cose = mail::make_slip(slip, key_of(pen_));
  out.link = "https://app.example/#" + mail::slip_fragment(out.cose);
  out.number = mail::print_code(out.code);
  slips_.push_back({out.code, pupil(name).pupil, slip.expires, false});
  (void)must(hall_->send(must(hall_->self(school_)), absence::kKindSlips, absence::encode(slips_), now_));
  must(hall_->post_slip(school_, out.code, out.cose, slip.expires));
  pump_hall();
  run_for(2000);
  return out;
}

PrintedSlip Town::foreign_slip(mail::TownId town, std::uint8_t key, Instant expires) {
  PrintedSlip out;
  entropy_.fill(out.code);
  out.cose = mail::make_slip({town, out.code, school_, "西小学校", now_.plus_seconds(-30 * 86400), expires},
                             key_of(key));
  out.link = "https://app.example/#" + mail::slip_fragment(out.cose);
  out.number = mail::print_code(out.code);
  return out;
}

mail::PaperKey Town::paper_key(std::uint64_t seed) {
  crypto::Drbg random = crypto::Drbg::of_number(seed);
  mail::PaperKey paper = mail::make_paper(random);
  const crypto::DeviceSeed sheet(mail::paper_seed(paper));
  EXPECT_TRUE(hall_->admit_spare(school_, sheet.posting(school_).open, sheet.seal().open, now_).ok());
  return paper;
}

Device& Town::board_desk(const std::string& name) {
  const mail::MailboxId board = must(hall_->found_office(now_));
  pump_hall();
  run_for(5000);
  const mail::Recipient self = must(hall_->self(board));
  mail::Office item;
  item.mailbox = board;
  item.kind = "board";
  item.name = "日和町教育委員会";
  item.founder = hall_->posting_key(board);
  item.telephone = "0000-12-0000";
  item.epoch = self.epoch;
  item.epoch_key = self.epoch_key;
  items_.push_back(
      mail::make_item({town_.id, ++serial_, "office", now_, mail::encode_office(item)}, key_of(10)));
  publish();
  Device& made = device(name, "desk");
  auto secret = must(hall_->invite(board, now_.plus_seconds(86400), now_));
  pump_hall();
  run_for(2000);
  made.start(absence::invitation_fragment({board, std::move(secret)}));
  run_for(10'000);
  return made;
}

mail::Recipient Town::shelter_office() const { return must(hall_->self(shelters_)); }

Device& Town::shelter_desk(const std::string& name) {
  if (shelters_.is_zero()) {
    shelters_ = must(hall_->found_office(now_));
    pump_hall();
    run_for(5000);
    mail::Office item;
    item.mailbox = shelters_;
    item.kind = "shelter";
    item.name = "日和町避難所受付";
    item.founder = hall_->posting_key(shelters_);
    item.telephone = "0000-12-0099";
    item.epoch = shelter_office().epoch;
    item.epoch_key = shelter_office().epoch_key;
    absence::SlipPen pen{crypto::Secret<32>(base::Array<32>{0x70}), now_.plus_seconds(800LL * 86400)};
    item.slip_keys = {crypto::sign_key(pen.seed.clone()).open};
    items_.push_back(
        mail::make_item({town_.id, ++serial_, "office", now_, mail::encode_office(item)}, key_of(10)));
    publish();
    (void)must(hall_->send(shelter_office(), absence::kKindPen, absence::encode(pen), now_));
    pump_hall();
    run_for(1000);
  }
  return invited(name, shelters_);
}

Device& Town::care_desk(const std::string& name, const std::string& kind) {
  mail::MailboxId& office = care_[kind];
  if (office.is_zero()) {
    office = must(hall_->found_office(now_));
    pump_hall();
    run_for(5000);
    mail::Office item;
    item.mailbox = office;
    item.kind = kind;
    item.name = kind == "protection" ? "日和町保護の係"
                : kind == "support"  ? "日和町避難支援係"
                : kind == "notice"   ? "日和町広報係"
                                     : "東地区民生委員";
    item.founder = hall_->posting_key(office);
    item.telephone = "0000-12-0098";
    const mail::Recipient self = must(hall_->self(office));
    item.epoch = self.epoch;
    item.epoch_key = self.epoch_key;
    items_.push_back(
        mail::make_item({town_.id, ++serial_, "office", now_, mail::encode_office(item)}, key_of(10)));
    publish();
  }
  return invited(name, office);
}

std::uint64_t Town::publish_notice(notice::NoticeHeader header, notice::NoticeBody body) {
  if (header.act != notice::NoticeAct::Withdraw) {
    entropy_.fill(body.salt);
    const Bytes words = notice::encode_body(body);
    header.body = crypto::hash(words);
    notice::Texts texts{0, {}};
    if (const auto held = feed_.raw_texts.find(0); held != feed_.raw_texts.end())
      texts = must(notice::decode_texts(held->second));
    texts.bodies.push_back(words);
    feed_.raw_texts[0] = notice::encode_texts(texts);
  }
  const std::uint64_t serial = ++serial_;
  items_.push_back(mail::make_item(
      {town_.id, serial, std::string(notice::kNoticeType), now_, notice::encode_header(header)}, key_of(11)));
  publish();
  return header.act == notice::NoticeAct::Publish ? serial : header.of;
}

mail::Hash Town::put_blob(Bytes bytes) {
  const mail::Hash hash = crypto::hash(bytes);
  feed_.raw_blobs[hash] = std::move(bytes);
  return hash;
}

void Town::publish_booklet(std::string_view name, Bytes bytes) {
  const std::uint64_t size = bytes.size();
  const mail::Hash hash = put_blob(std::move(bytes));
  items_.push_back(mail::make_item({town_.id, ++serial_, std::string(notice::kBookletType), now_,
                                    notice::encode_booklet({std::string(name), hash, size})},
                                   key_of(11)));
  publish();
}

int Town::press() {
  int done = 0;
  for (const notice::DraftLine& line : must(drafts_->lines())) {
    notice::Printed printed{line.draft.id, line.hash, now_, 0, ""};
    notice::NoticeHeader header = line.draft.header;
    if (line.state() == notice::DraftState::Withdrawn) {
      header = {};
      header.act = notice::NoticeAct::Withdraw;
      header.of = *line.serial;
      printed.draft = {};
    } else if (line.state() == notice::DraftState::Approved && (!header.from || *header.from <= now_)) {
      header.act = line.serial ? notice::NoticeAct::Correct : notice::NoticeAct::Publish;
      header.of = line.serial.value_or(0);
    } else {
      continue;
    }
    printed.serial = publish_notice(header, line.draft.body);
    (void)must(
        hall_->send(must(hall_->self(care_["notice"])), notice::kKindPrinted, notice::encode(printed), now_));
    ++done;
  }
  pump_hall();
  return done;
}

void Town::tell_sums(const notice::Sums& sums) {
  (void)must(hall_->send(must(hall_->self(care_["notice"])), notice::kKindSums, notice::encode(sums), now_));
  pump_hall();
}

Device& Town::desk(const std::string& name) { return invited(name, school_); }

Device& Town::invited(const std::string& name, const mail::MailboxId& office) {
  Device& made = device(name, "desk");
  auto secret = must(hall_->invite(office, now_.plus_seconds(86400), now_));
  for (int i = 0; i < 4;
       ++i) {  // the list may have moved on since the last invitation: asked again, then written
    pump_hall();
    run_for(1000);
  }
  made.start(absence::invitation_fragment({office, std::move(secret)}));
  run_for(10'000);
  return made;
}

void Town::run_for(std::int64_t ms) {
  const Instant end{now_.ms + ms};
  while (!queue_.empty() && queue_.top().when <= end) {
    const Happening next = queue_.top();
    queue_.pop();
    now_ = std::max(now_, next.when);
    next.what();
  }
  now_ = end;
}

bool Town::run_until(const std::function<bool()>& done, std::int64_t at_most_ms) {
  const Instant end{now_.ms + at_most_ms};
  while (!done()) {
    if (queue_.empty() || queue_.top().when > end) return false;
    const Happening next = queue_.top();
    queue_.pop();
    now_ = std::max(now_, next.when);
    next.what();
  }
  return true;
}

void Town::hub_away(bool away) {
  hub_away_ = away;
  if (away) drop_streams(nullptr);
}

std::string Town::hub_bytes() {
  const std::string copy = folder_ + "/stored.db";
  std::filesystem::remove(copy);
  must(store_->backup_to(copy));
  std::ifstream file(copy, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

hub::Response Town::handle(hub::Request request) {
  ++requests;
  if (on_request && on_request(request)) return hub::refusal(base::Code::Unreachable);
  if (hub_full_ && request.method == "POST" && request.target.starts_with("/v1/post"))
    return hub::refusal(base::Code::StorageFull, 60);
  hub::Response response = office_->handle(request, Instant{now_.ms + hub_skew_});
  ++answered[request.method + " " + request.target.substr(0, request.target.find('?'))];
  if (on_answer) on_answer(request, response);
  return response;
}

void Town::carry(Device& device, app::Http http, Bytes body) {
  const std::int64_t life = device.life_;
  if (http.url.starts_with(kSite)) {
    EXPECT_TRUE(http.method == "GET" && body.empty() && http.headers.empty()) << "a public file is asked for";
    ++site_requests;
    const auto file = hub_away_ || !device.online_ ? site.end() : site.find(http.url.substr(kSite.size()));
    const int absent = hub_away_ || !device.online_ ? 0 : 404;
    return answer(device, life, http.request, file == site.end() ? absent : 200,
                  file == site.end() ? Bytes() : file->second, kLatency);
  }
  // The browser's own push service, and channels that take whatever is well said.
  if (http.url == "push:" || http.url.starts_with(kChannels)) {
    const std::string_view said = http.url == "push:" ? R"({"endpoint":"https://push.example/1"})"
                                  : http.url.ends_with("/v1/channels") ? R"({"push":"BKEY"})"
                                                                       : "{}";
    return answer(device, life, http.request, device.online_ ? 200 : 0, base::copy(base::view(said)),
                  kLatency);
  }
  EXPECT_TRUE(http.url.starts_with(kHub)) << http.url;
  at(Instant{now_.ms + kLatency},
     [this, &device, life, http = std::move(http), body = std::move(body)]() mutable {
       if (device.life_ != life) return;
       if (hub_away_ || !device.online_) return answer(device, life, http.request, 0, {}, kLatency);
       hub::Request request;
       request.method = http.method;
       request.target = http.url.substr(kHub.size());
       request.body = std::move(body);
       request.address = device.name();
       for (const app::Header& header : http.headers) {
         if (header.name == "Machi-Ticket") request.ticket = header.value;
       }
       hub::Response response = handle(std::move(request));
       if (response.stream) {
         streams_.push_back({&device, life, http.request, *response.stream});
         if (!response.body.empty()) {
           at(Instant{now_.ms + kLatency},
              [&device, life, id = http.request, bytes = std::move(response.body)]() mutable {
                if (device.life_ == life) device.send(app::Chunk{id, device.blobs_.put(std::move(bytes))});
              });
         }
       } else {
         answer(device, life, http.request, response.status, std::move(response.body), kLatency);
       }
       feed_streams();
     });
}

void Town::answer(Device& device, std::int64_t life, std::int64_t request, int status, Bytes body,
                  std::int64_t after_ms) {
  at(Instant{now_.ms + after_ms}, [&device, life, request, status, body = std::move(body)]() mutable {
    if (device.life_ != life) return;
    device.send(app::Answer{request, status, body.empty() ? 0 : device.blobs_.put(std::move(body))});
  });
}

void Town::feed_hall() {
  bool any = false;
  for (auto stream = hall_streams_.begin(); stream != hall_streams_.end();) {
    auto more = office_->pull(stream->second, now_);
    const std::int64_t call = stream->first;
    stream = more.ok() ? std::next(stream) : hall_streams_.erase(stream);
    if (more.ok() && more->empty()) continue;
    any = true;
    if (more.ok())
      hall_->chunk(call, *more, now_);
    else
      hall_->answer(call, 200, {}, now_);
  }
  if (any) at(Instant{now_.ms + kLatency}, [this] { pump_hall(); });
}

void Town::school_writes(std::string_view kind, const code::Cbor& content) {
  EXPECT_FALSE(applicants_.empty());
  for (const mail::Recipient& person : applicants_)
    (void)must(hall_->send_as(school_, person, kind, content, now_));
  pump_hall();
}

void Town::feed_streams() {
  feed_hall();
  for (std::size_t i = 0; i < streams_.size();) {
    OpenStream& stream = streams_[i];
    auto more = office_->pull(stream.cursor, Instant{now_.ms + hub_skew_});
    if (!more.ok()) {
      answer(*stream.device, stream.life, stream.request, 200, {}, kLatency);
      streams_.erase(streams_.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    if (!more->empty()) {
      at(Instant{now_.ms + kLatency}, [device = stream.device, life = stream.life, request = stream.request,
                                       bytes = std::move(*more)]() mutable {
        if (device->life_ == life) device->send(app::Chunk{request, device->blobs_.put(std::move(bytes))});
      });
    }
    ++i;
  }
}

void Town::say_idle() {
  for (const OpenStream& stream : streams_) {
    at(Instant{now_.ms + kLatency}, [device = stream.device, life = stream.life, request = stream.request] {
      if (device->life_ == life) device->send(app::Chunk{request, device->blobs_.put(hub::idle_frame())});
    });
  }
  for (const auto& [call, cursor] : hall_streams_) hall_->chunk(call, hub::idle_frame(), now_);
  at(Instant{now_.ms + 20'000}, [this] { say_idle(); });
}

void Town::drop_streams(const Device* device) {
  std::erase_if(streams_, [&](const OpenStream& stream) {
    if (device && stream.device != device) return false;
    answer(*stream.device, stream.life, stream.request, 0, {}, kLatency);
    return true;
  });
}

void Town::pump_hall() {
  for (const std::int64_t call : hall_->take_cancelled()) hall_streams_.erase(call);
  for (const mail::Call& call : hall_->take_calls(now_)) {
    // Unless a journey wants it the hall asks and never listens: it only writes what schools are founded
    // with.
    if (call.stream && !hall_listens_) continue;
    at(Instant{now_.ms + kLatency}, [this, call] {
      const hub::Response response = handle({call.method, call.path, call.body, call.ticket, "hall"});
      if (response.stream) {
        hall_streams_[call.id] = *response.stream;
        if (!response.body.empty()) hall_->chunk(call.id, response.body, now_);
      } else {
        hall_->answer(call.id, response.status, response.body, now_);
      }
      feed_streams();
      pump_hall();
    });
  }
}

}  // namespace machi::journeys
