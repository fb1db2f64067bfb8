// Infectious diseases of schools, as 学校保健安全法施行規則 第18条 lists them. The numbers go over the wire.
// Values.
#pragma once

namespace machi::absence {

enum class Disease {
  // 第二種
  Influenza = 1,
  Pertussis = 2,
  Measles = 3,
  Mumps = 4,
  Rubella = 5,
  Varicella = 6,
  PharyngoconjunctivalFever = 7,
  Covid19 = 8,
  Tuberculosis = 9,
  MeningococcalMeningitis = 10,
  // 第一種: Ebola, plague, polio, diphtheria, SARS, MERS and their like
  FirstClass = 11,
  // 第三種
  Cholera = 12,
  Shigellosis = 13,
  EnterohaemorrhagicEColi = 14,
  TyphoidFever = 15,
  ParatyphoidFever = 16,
  EpidemicKeratoconjunctivitis = 17,
  AcuteHaemorrhagicConjunctivitis = 18,
  OtherThirdClass = 19,
};

}  // namespace machi::absence
