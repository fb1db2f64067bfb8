// The screens of a record that outlives its phone: the menu, the sheet, the code for a second phone, the way
// back. Pure.
#include "core/absence/citizen/frame.h"
#include "core/app/citizen_state.h"

namespace machi::app {
namespace {

using absence::Route;
using base::Code;
using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

}  // namespace

std::string Citizen::sheet_link() const {
  const auto person = mail_->client.person();
  return person && recovery_.sheet ? link(mail::paper_fragment(*person, *recovery_.sheet)) : "";
}

// What is printed, and what stands on the picture: no child, no school.
Nodes Citizen::sheet() const {
  Nodes out;
  const auto made = base::Date::parse(setting("recovery.made"));
  out.push_back(screen::text(
      "made",
      words_("citizen.sheet.made", {{"town", pack_.name}, {"date", made.ok() ? words_.date(*made) : ""}})));
  out.push_back(screen::facts(
      "signs", "",
      {screen::fact("code", words_("citizen.sheet.code"), mail::print_paper(*recovery_.sheet))}));
  Nodes steps;
  int number = 0;
  for (const char* key : {"citizen.sheet.step.open", "citizen.sheet.step.press", "citizen.sheet.step.read"}) {
    steps.push_back(screen::step("step." + std::to_string(++number),
                                 words_(key, {{"site", pack_.site.empty() ? config_.site : pack_.site}}),
                                 State::None));
  }
  out.push_back(screen::steps("how", words_("citizen.sheet.how"), std::move(steps)));
  out.push_back(screen::text("care", words_("citizen.sheet.care")));
  return out;
}

std::optional<screen::Screen> Citizen::draw_recovery(const Route& route) const {
  const auto& client = mail_->client;
  const absence::CitizenContext context = this->context();
  const auto titled = [&](const char* key) { return absence::titled(context, route, words_(key)); };
  const auto wait = [&](Nodes& main, const char* key) {
    if (context.connected()) return main.push_back(screen::progress("progress", words_(key)));
    main.push_back(
        screen::alert("reach", words_(online_ ? "citizen.unreachable" : "citizen.offline"), Tone::Warning));
    main.back().icon = Icon::Offline;
  };
  const auto say_trouble = [&](Nodes& main) {
    if (!recovery_.trouble) return;
    main.push_back(
        screen::alert("trouble", words_(base::message_key(*recovery_.trouble) + ".what"), Tone::Danger));
    main.back().hint = words_(base::message_key(*recovery_.trouble) + ".next");
  };

  if (route.name == "recovery") {
    screen::Screen out = titled("citizen.recovery.title");
    say_trouble(out.main);
    out.main.push_back(screen::text("explain", words_("citizen.recovery.explain")));
    const auto made = base::Date::parse(setting("recovery.made"));
    const bool there = client.has_recovery() && made.ok();
    Nodes sheet{screen::text("state", there ? words_("citizen.recovery.made", {{"date", words_.date(*made)}})
                                            : words_("citizen.recovery.none"))};
    if (there)
      sheet.push_back(screen::text(
          "kept", words_(client.recovery_kept() ? "citizen.recovery.kept" : "citizen.recovery.unkept")));
    Node make = screen::button("make", words_(there ? "citizen.recovery.anew" : "citizen.recovery.make"),
                               there ? Importance::Secondary : Importance::Primary, Icon::Add);
    if (there) make.hint = words_("citizen.recovery.voids");
    sheet.push_back(std::move(make));
    out.main.push_back(screen::group("sheet", words_("citizen.recovery.sheet"), std::move(sheet)));
    Nodes second{screen::text("second.how", words_("citizen.second.how"))};
    const auto phones = client.own_devices(now_);
    if (phones.size() > 1) {
      second.push_back(screen::text("phones", words_.count("citizen.second.phones", this->phones())));
      Nodes rows;
      for (const auto& key : phones) {
        const std::string code = phone_code(key);
        Node row = screen::row(
            "phone." + code,
            words_(rows.empty() ? "citizen.phones.this" : "citizen.phones.other", {{"code", code}}));
        if (!rows.empty())
          row.children.push_back(
              screen::button("remove." + code, words_("citizen.phones.remove", {{"code", code}})));
        rows.push_back(std::move(row));
      }
      second.push_back(screen::list("phones.list", words_("citizen.phones.list"), std::move(rows)));
    }
    second.push_back(
        screen::button("second", words_("citizen.second.make"), Importance::Secondary, Icon::Phone));
    out.main.push_back(screen::group("device", words_("citizen.second.title"), std::move(second)));
    return out;
  }
  if (route.name == "recovery.remove") {
    if (!phone_of(route.subject)) return std::nullopt;
    screen::Screen out = titled("citizen.phones.title");
    say_trouble(out.main);
    out.main.push_back(screen::text("explain", words_("citizen.phones.explain", {{"code", route.subject}})));
    if (client.has_recovery() || !setting("recovery.made").empty())
      out.main.push_back(screen::text("sheet", words_("citizen.phones.sheet")));
    Node yes = screen::button("remove.yes", words_("citizen.phones.yes"), Importance::Secondary);
    yes.tone = Tone::Danger;
    out.foot.push_back(std::move(yes));
    out.foot.push_back(screen::button("keep", words_("citizen.phones.keep"), Importance::Tertiary));
    return out;
  }
  if (route.name == "recovery.sheet") {
    if (sheet_link().empty()) return std::nullopt;
    screen::Screen out = titled("citizen.sheet.title");
    if (!client.recovery_kept()) {
      wait(out.main, "citizen.sheet.wait");
      return out;
    }
    Nodes paper = sheet();
    paper.insert(paper.begin() + 1, screen::qr("symbol", words_("citizen.sheet.symbol"), sheet_link(), ""));
    for (Node& node : paper) out.main.push_back(std::move(node));
    out.foot.push_back(screen::button("print", words_("citizen.sheet.print"), Importance::Primary));
    out.foot.push_back(
        screen::button("picture", words_("citizen.sheet.picture"), Importance::Secondary, Icon::Picture));
    return out;
  }
  if (route.name == "recovery.second") {
    if (!recovery_.shown || now_ >= recovery_.shown_until) return std::nullopt;
    screen::Screen out = titled("citizen.second.title");
    if (!client.handed_over()) {
      wait(out.main, "citizen.sheet.wait");
      return out;
    }
    const std::string code = mail::print_code(*recovery_.shown);
    out.main.push_back(screen::text("show", words_("citizen.second.show")));
    out.main.push_back(screen::qr("symbol", words_("citizen.sheet.symbol"), link("p=" + code), ""));
    out.main.push_back(
        screen::facts("signs", "", {screen::fact("code", words_("citizen.sheet.code"), code)}));
    out.main.push_back(screen::alert(
        "until",
        words_("citizen.second.until", {{"time", words_.time(base::time_of(recovery_.shown_until))}}),
        Tone::Warning));
    out.main.push_back(screen::text("phones", words_.count("citizen.second.phones", phones())));
    return out;
  }
  if (route.name == "restore") {
    screen::Screen out = titled("citizen.restore.title");
    if (recovery_.mistyped)
      out.main.push_back(screen::alert("mistyped", words_("citizen.restore.mistyped"), Tone::Danger));
    out.main.push_back(screen::text("explain", words_("citizen.restore.explain")));
    out.main.push_back(
        screen::scanner("scanner", words_("citizen.restore.scanner"), words_("citizen.restore.hint")));
    return out;
  }
  if (route.name == "restore.going") {
    if (!recovery_.asked) return std::nullopt;
    screen::Screen out = titled("citizen.restore.title");
    wait(out.main, "citizen.restore.going");
    out.foot.push_back(
        screen::button("retry", words_("slip.check.retry"), Importance::Secondary, Icon::Retry));
    return out;
  }
  if (route.name == "restore.anew") {
    if (!put_out()) return std::nullopt;
    screen::Screen out = titled("citizen.anew.title");
    say_trouble(out.main);
    out.main.push_back(screen::text("explain", words_("citizen.anew.explain")));
    Nodes ways;
    for (const char* way : {"phone", "sheet", "slip"})
      ways.push_back(screen::step(std::string("way.") + way, words_(std::string("citizen.anew.way.") + way),
                                  State::None));
    out.main.push_back(screen::steps("ways", words_("citizen.anew.ways"), std::move(ways)));
    Node yes = screen::button("anew.yes", words_("citizen.anew.yes"), Importance::Primary);
    yes.tone = Tone::Danger;
    out.foot.push_back(std::move(yes));
    out.foot.push_back(screen::button("keep", words_("citizen.anew.keep"), Importance::Tertiary));
    return out;
  }
  const bool done = route.name == "restore.done";
  if (!done && !recovery_.trouble) return std::nullopt;
  Node heading =
      screen::heading("outcome", words_(done ? "citizen.restore.done" : "citizen.restore.problem"));
  heading.icon = done ? Icon::Check : Icon::Warning;
  heading.tone = done ? Tone::Success : Tone::Warning;
  screen::Screen out = absence::outcome(context, route, words_("citizen.restore.title"), std::move(heading));
  if (done) {
    const auto children = children_.children();
    for (const absence::Child& child : children.ok() ? *children : std::vector<absence::Child>()) {
      out.main.push_back(screen::text("child:" + child.card.pupil.hex(), absence::full_name(context, child)));
    }
    out.main.push_back(screen::text("next", words_("citizen.restore.done.next")));
    out.foot.push_back(screen::button("home", words_("button.home"), Importance::Primary));
    return out;
  }
  const Code code = *recovery_.trouble;
  const char* why = code == Code::NotFound || code == Code::BadInput    ? "citizen.restore.unknown"
                    : code == Code::NotAllowed || code == Code::Expired ? "citizen.restore.used"
                    : code == Code::Conflict                            ? "citizen.restore.already"
                                                                        : nullptr;
  out.main.push_back(
      screen::group("what", words_("error.heading.what"),
                    {screen::text("what.text", words_(why ? why : base::message_key(code) + ".what"))}));
  out.main.push_back(screen::group(
      "next", words_("error.heading.next"),
      {screen::text("next.text", words_(why ? "citizen.restore.next" : base::message_key(code) + ".next"))}));
  if (code != Code::Conflict)
    out.foot.push_back(
        screen::button("scan-again", words_("slip.problem.again"), Importance::Primary, Icon::Scan));
  out.foot.push_back(screen::button("home", words_("button.home"), Importance::Tertiary));
  return out;
}

// Devices that read this person's mail.
int Citizen::phones() const { return static_cast<int>(mail_->client.own_devices(now_).size()); }

// Four signs, which every one of them shows of itself.
std::string Citizen::phone_code(const crypto::SignPublic& key) {
  return base::to_crockford(base::ByteView(key.bytes).first(5)).substr(0, 4);
}

std::optional<crypto::SignPublic> Citizen::phone_of(std::string_view code) const {
  for (const auto& key : mail_->client.own_devices(now_))
    if (phone_code(key) == code) return key;
  return std::nullopt;
}

}  // namespace machi::app
