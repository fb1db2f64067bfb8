// The whole record as a file: for another town, for the other parent's phone; and taken in from one, merged.
#include "core/parenting/citizen/family_pages.h"

namespace machi::parenting {
namespace {

const char* words_of(base::Code code) {
  switch (code) {
    case base::Code::BadSignature:
    case base::Code::UnknownKey:
      return "parenting.share.changed";
    case base::Code::Unsupported:
      return "parenting.share.newer";
    case base::Code::DateOutOfRange:
      return "parenting.share.future";
    default:
      return "parenting.share.bad";
  }
}

}  // namespace

Screen FamilyPages::share(const Context& context, Screen out) const {
  const auto& words = context.words;
  out.main.push_back(screen::text("why", words("parenting.share.why")));
  if (!outcome_.empty())
    out.main.push_back(screen::alert(
        "outcome", outcome_ == "parenting.share.took" ? words.count(outcome_, took_) : words(outcome_),
        outcome_ == "parenting.share.took" || outcome_ == "parenting.share.same" ||
                outcome_ == "parenting.share.saved"
            ? Tone::Success
            : Tone::Warning));
  if (read_) {
    std::string names;
    for (const KnownChild& child : read_->record.children())
      names += (names.empty() ? "" : kAnd) +
               (child.said.name.empty() ? words("parenting.child.unnamed") : child.said.name);
    Nodes facts;
    facts.push_back(screen::fact("names", words("parenting.children"), names));
    facts.push_back(
        screen::fact("made", words("parenting.share.made"), words.moment(read_->made, context.now)));
    facts.push_back(screen::fact("writer", words("parenting.share.writer"), writer_digits(read_->writer)));
    out.main.push_back(screen::group("read", words("parenting.share.found"),
                                     {screen::facts("facts", "", std::move(facts))}));
    if (read_->unknown > 0)
      out.main.push_back(screen::alert("unknown", words("parenting.share.unknown"), Tone::Warning));
    out.main.push_back(screen::button("take", words("parenting.share.take"), Importance::Primary));
  }
  if (!record_.empty()) {
    out.main.push_back(
        screen::button("save", words("parenting.share.save"), Importance::Secondary, Icon::Send));
    if (context.entropy != nullptr)
      if (const auto key = book(context).key(*context.entropy); key.ok())
        out.main.push_back(
            screen::text("own", words("parenting.share.own", {{"digits", writer_digits(key->open)}})));
    out.main.push_back(screen::text("open", words("parenting.share.open")));
  }
  out.main.push_back(screen::file("file", words("parenting.share.read"), ".machi,.txt,text/plain",
                                  words("parenting.share.read.hint")));
  if (!record_.empty()) add_erase(context, out, "parenting.erase.all");
  return out;
}

Step FamilyPages::act_share(const Context& context, const Action& action) {
  Step out;
  if (action.action != "press") return out;
  if (action.node == "save" && context.entropy != nullptr) {
    const auto key = book(context).key(*context.entropy);
    failed_ = !key.ok();
    if (failed_) return out;
    const std::string text = write_record_file(record_, *key, context.now);
    out.save = pages::File{"family-record-" + context.today().iso() + ".machi.txt", "text/plain",
                           base::copy(base::view(text))};
    outcome_ = "parenting.share.saved";
  }
  if (action.node == "take" && read_) {
    const auto added = book(context).take(record_, read_->record);
    failed_ = !added.ok();
    if (failed_) return out;
    took_ = *added;
    outcome_ = took_ > 0 ? "parenting.share.took" : "parenting.share.same";
    read_.reset();
  }
  if (action.node == "erase.yes" && asking_) {
    failed_ = !book(context).erase_all().ok();
    if (failed_) return out;
    record_ = {};
    return pages::back();
  }
  return out;
}

Step FamilyPages::file(const Context& context, const Route& route, const Action&, const std::string& text) {
  if (route.name != kShare) return {};
  read_.reset();
  outcome_.clear();
  auto read = read_record_file(text, context.today());
  if (read.ok())
    read_ = std::move(*read);
  else
    outcome_ = words_of(read.code());
  return {};
}

}  // namespace machi::parenting
