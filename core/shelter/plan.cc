// Plans and what is said of them as deterministic CBOR, with every bound checked on the way in.
#include "core/shelter/plan.h"

#include "core/base/text.h"
#include "core/crypto/sodium.h"
#include "core/shelter/reading.h"

namespace machi::shelter {
namespace {

using namespace reading;
namespace content = code::content;

constexpr std::string_view kCodeMark = "MP1:";
constexpr std::size_t kCodeLimit = 600;  // signs

bool same(const std::optional<mail::Recipient>& one, const std::optional<mail::Recipient>& two) {
  if (!one || !two) return one.has_value() == two.has_value();
  return one->mailbox == two->mailbox && one->epoch == two->epoch && one->epoch_key == two->epoch_key;
}
Status read_address(const Cbor& map, std::int64_t key, std::optional<mail::Recipient>& out) {
  const Cbor* value = map.find(key);
  if (value == nullptr) return {};
  MACHI_TRY_SET(to, address_of(*value));
  out = to;
  return {};
}

Result<PlanSupporter> decode_supporter(const Cbor& map) {
  PlanSupporter out;
  MACHI_TRY(read(map, 1, household::kNameLimit, out.name));
  if (out.name.empty()) return fail(Code::BadInput, "supporter");
  MACHI_TRY(read(map, 2, kTelephoneLimit, out.telephone));
  MACHI_TRY(read(map, 3, household::kTextLimit, out.address));
  MACHI_TRY(read(map, 4, out.agrees));
  MACHI_TRY(read_address(map, 5, out.phone));
  return out;
}

}  // namespace

bool PlanSupporter::operator==(const PlanSupporter& other) const {
  return name == other.name && telephone == other.telephone && address == other.address &&
         agrees == other.agrees && same(phone, other.phone);
}
bool Plan::operator==(const Plan& other) const {
  return code::encode(shelter::encode(*this)) == code::encode(shelter::encode(other));
}

PlanId plan_id(const PlanSecret& secret) {
  base::Bytes text = base::copy(base::view("machi-plan"));
  text.insert(text.end(), secret.begin(), secret.end());
  const auto hash = crypto::hash(text);
  PlanId out;
  std::copy_n(hash.begin(), out.bytes.size(), out.bytes.begin());
  return out;
}

Cbor encode(const Plan& plan) {
  CborMap map{{1, plan.id.bytes}, {2, plan.counter}, {3, plan.at.ms}};
  if (plan.withdrawn) {
    map.emplace_back(4, true);
  } else {
    map.emplace_back(5, plan.name);
    put(map, 6, plan.kana);
    map.emplace_back(7, plan.birth.days);
    if (plan.sex) map.emplace_back(8, static_cast<int>(*plan.sex));
    put(map, 9, plan.address);
    put(map, 10, plan.telephone);
    if (!plan.needs.empty()) map.emplace_back(11, plan.needs.bits);
    put(map, 12, plan.help);
    put(map, 13, plan.place);
    put(map, 14, plan.route);
    CborArray supporters;
    for (const PlanSupporter& one : plan.supporters) {
      CborMap inner{{1, one.name}};
      put(inner, 2, one.telephone);
      put(inner, 3, one.address);
      if (one.agrees) inner.emplace_back(4, true);
      if (one.phone) inner.emplace_back(5, address(*one.phone));
      supporters.push_back(Cbor(std::move(inner)));
    }
    if (!supporters.empty()) map.emplace_back(15, std::move(supporters));
    if (plan.share) map.emplace_back(16, true);
  }
  if (plan.reply) map.emplace_back(17, address(*plan.reply));
  return Cbor(std::move(map));
}

Result<Plan> decode_plan(const Cbor& map) {
  Plan out;
  MACHI_TRY_SET(id, content::id_at<PlanId>(map, 1));
  out.id = id;
  MACHI_TRY_SET(counter, counter_at(map, 2));
  out.counter = counter;
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  out.at = at;
  MACHI_TRY(read(map, 4, out.withdrawn));
  MACHI_TRY(read_address(map, 17, out.reply));
  if (out.withdrawn) return out;
  MACHI_TRY(read(map, 5, household::kNameLimit, out.name));
  if (out.name.empty()) return fail(Code::BadInput, "name");
  MACHI_TRY(read(map, 6, household::kNameLimit, out.kana));
  MACHI_TRY_SET(born, map.at(7));
  MACHI_TRY_SET(birth, content::date(*born, kFirstBirth));
  out.birth = birth;
  if (const Cbor* value = map.find(8)) {
    MACHI_TRY_SET(sex, content::member(*value, Sex::Other));
    out.sex = sex;
  }
  MACHI_TRY(read(map, 9, household::kTextLimit, out.address));
  MACHI_TRY(read(map, 10, kTelephoneLimit, out.telephone));
  if (const Cbor* value = map.find(11)) {
    MACHI_TRY_SET(bits, value->integer());
    if (bits < 0 || bits > 0xFFFF'FFFF) return fail(Code::BadInput, "needs");
    out.needs = {static_cast<std::uint32_t>(bits)};
  }
  MACHI_TRY(read(map, 12, kPlanTextLimit, out.help));
  MACHI_TRY(read(map, 13, household::kTextLimit, out.place));
  MACHI_TRY(read(map, 14, kPlanTextLimit, out.route));
  MACHI_TRY_SET(supporters, content::list_at<PlanSupporter>(map, 15, kPlanSupporters, decode_supporter));
  out.supporters = std::move(supporters);
  MACHI_TRY(read(map, 16, out.share));
  return out;
}

Plan for_supporters(Plan plan) {
  plan.reply.reset();
  for (PlanSupporter& one : plan.supporters) one.phone.reset();
  return plan;
}
PlanHash hash_of(const Plan& plan) { return crypto::hash(code::encode(encode(for_supporters(plan)))); }

Cbor encode(const WrittenPlan& written) {
  return Cbor::map({{1, written.secret}, {2, encode(written.plan)}});
}
Result<WrittenPlan> decode_written(const Cbor& map) {
  WrittenPlan out;
  MACHI_TRY_SET(secret, map.fixed_at<16>(1));
  out.secret = secret;
  MACHI_TRY_SET(inside, map.at(2));
  MACHI_TRY_SET(plan, decode_plan(*inside));
  out.plan = std::move(plan);
  if (plan_id(out.secret) != out.plan.id) return fail(Code::NotAllowed, "another one's plan");
  return out;
}

Cbor encode(const PlanApproval& approval) {
  return Cbor::map({{1, approval.plan.bytes},
                    {2, approval.counter},
                    {3, approval.content},
                    {4, approval.at.ms},
                    {5, approval.officer}});
}
Result<PlanApproval> decode_approval(const Cbor& map) {
  PlanApproval out;
  MACHI_TRY_SET(plan, content::id_at<PlanId>(map, 1));
  out.plan = plan;
  MACHI_TRY_SET(counter, counter_at(map, 2));
  out.counter = counter;
  MACHI_TRY_SET(hash, map.fixed_at<32>(3));
  out.content = hash;
  MACHI_TRY_SET(at, content::instant_at(map, 4));
  out.at = at;
  MACHI_TRY(read(map, 5, household::kNameLimit, out.officer));
  if (out.officer.empty()) return fail(Code::BadInput, "officer");
  return out;
}

Cbor encode(const SharedPlan& shared) {
  return Cbor::map({{1, encode(shared.plan)}, {2, encode(shared.approval)}, {3, shared.ticket.bytes}});
}
Result<SharedPlan> decode_shared(const Cbor& map) {
  SharedPlan out;
  MACHI_TRY_SET(inside, map.at(1));
  MACHI_TRY_SET(plan, decode_plan(*inside));
  out.plan = std::move(plan);
  MACHI_TRY_SET(said, map.at(2));
  MACHI_TRY_SET(approval, decode_approval(*said));
  out.approval = std::move(approval);
  MACHI_TRY_SET(ticket, content::id_at<TicketId>(map, 3));
  out.ticket = ticket;
  if (out.approval.plan != out.plan.id || out.approval.counter != out.plan.counter ||
      out.approval.content != hash_of(out.plan))
    return fail(Code::NotAllowed, "another plan was approved");
  return out;
}

Cbor encode(const PlanTicket& ticket) {
  return Cbor::map({{1, ticket.ticket.bytes},
                    {2, ticket.plan.bytes},
                    {3, ticket.counter},
                    {4, ticket.who},
                    {5, ticket.name},
                    {6, address(ticket.to)}});
}
Result<PlanTicket> decode_ticket(const Cbor& map) {
  PlanTicket out;
  MACHI_TRY_SET(ticket, content::id_at<TicketId>(map, 1));
  out.ticket = ticket;
  MACHI_TRY_SET(plan, content::id_at<PlanId>(map, 2));
  out.plan = plan;
  MACHI_TRY_SET(counter, counter_at(map, 3));
  out.counter = counter;
  MACHI_TRY_SET(who, map.integer_at(4));
  if (who < 0 || who >= static_cast<std::int64_t>(kPlanSupporters)) return fail(Code::BadInput, "who");
  out.who = static_cast<int>(who);
  MACHI_TRY(read(map, 5, household::kNameLimit, out.name));
  MACHI_TRY_SET(went, map.at(6));
  MACHI_TRY_SET(to, address_of(*went));
  out.to = to;
  return out;
}

Cbor encode(const PlanSafe& safe) {
  CborMap map{{1, safe.ticket.bytes}, {2, safe.at.ms}};
  put(map, 3, safe.by);
  return Cbor(std::move(map));
}
Result<PlanSafe> decode_safe(const Cbor& map) {
  PlanSafe out;
  MACHI_TRY_SET(ticket, content::id_at<TicketId>(map, 1));
  out.ticket = ticket;
  MACHI_TRY_SET(at, content::instant_at(map, 2));
  out.at = at;
  MACHI_TRY(read(map, 3, household::kNameLimit, out.by));
  return out;
}

Cbor encode(const PlanSeen& seen) { return Cbor::map({{1, seen.plan.bytes}, {2, seen.at.ms}, {3, seen.by}}); }
Result<PlanSeen> decode_seen(const Cbor& map) {
  PlanSeen out;
  MACHI_TRY_SET(plan, content::id_at<PlanId>(map, 1));
  out.plan = plan;
  MACHI_TRY_SET(at, content::instant_at(map, 2));
  out.at = at;
  MACHI_TRY(read(map, 3, 2 * household::kNameLimit + 3, out.by));
  return out;
}

Cbor encode(const PlanCall& call) { return Cbor::map({{1, call.number}, {2, call.calls}, {3, call.at.ms}}); }
Result<PlanCall> decode_call(const Cbor& map) {
  PlanCall out;
  MACHI_TRY_SET(number, counter_at(map, 1));
  out.number = number;
  out.calls = false;
  MACHI_TRY(read(map, 2, out.calls));
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  out.at = at;
  return out;
}

std::string supporter_text(const SupporterCode& code) {
  CborMap map{{1, address(code.phone)}, {2, code.name}};
  put(map, 3, code.telephone);
  return std::string(kCodeMark) + base::to_base64url(code::encode(Cbor(std::move(map))));
}

Result<SupporterCode> supporter_from_text(std::string_view text) {
  if (text.size() > kCodeLimit) return fail(Code::TooLarge, "code");
  const std::string typed = base::trimmed(text);
  if (!typed.starts_with(kCodeMark)) return fail(Code::BadInput, "mark");
  MACHI_TRY_SET(bytes, base::from_base64url(std::string_view(typed).substr(kCodeMark.size())));
  MACHI_TRY_SET(map, code::decode(bytes));
  SupporterCode out;
  MACHI_TRY_SET(phone, map.at(1));
  MACHI_TRY_SET(to, address_of(*phone));
  out.phone = to;
  MACHI_TRY(read(map, 2, household::kNameLimit, out.name));
  MACHI_TRY(read(map, 3, kTelephoneLimit, out.telephone));
  if (out.name.empty()) return fail(Code::BadInput, "name");
  return out;
}

}  // namespace machi::shelter
