//! A network that loses, repeats, reorders and cuts.

use soban_core::phone::{PhoneError, SyncOutcome};

use super::{Failure, World};

#[derive(Debug, Clone, Copy)]
enum Weather {
    Fine,
    RequestLost,
    RequestCut,
    RequestTwice,
    AnswerLost,
    AnswerCut,
    AnswerLate,
    AnswerTwice,
}

const WEATHER: [(usize, Weather); 8] = [
    (50, Weather::Fine),
    (8, Weather::RequestLost),
    (5, Weather::RequestCut),
    (8, Weather::RequestTwice),
    (9, Weather::AnswerLost),
    (6, Weather::AnswerCut),
    (9, Weather::AnswerLate),
    (5, Weather::AnswerTwice),
];

impl World {
    /// A phone syncs, in whatever weather.
    pub(super) fn sync_badly(&mut self, place: usize) -> Result<(), Failure> {
        let Some(weather) = self.rng.choose(&WEATHER) else { return Ok(()) };
        self.tell(format!("phone {place} syncs: {weather:?}"));
        let request = self.request(place)?;
        match weather {
            Weather::RequestLost => return self.lost(place, request),
            Weather::RequestCut => return self.cut_request(place, &request),
            _ => {}
        }
        let mut answer = self.answer(place, &request)?;
        if matches!(weather, Weather::RequestTwice) {
            if self.rng.chance(50) {
                self.server.project();
            }
            let first = std::mem::replace(&mut answer, self.answer(place, &request)?);
            self.site(place).answers.push(first);
        }
        if self.rng.chance(10) {
            self.site(place).requests.push(request);
        }
        self.heard(place, weather, answer)?;
        if self.rng.chance(50) {
            self.project()?;
        }
        Ok(())
    }

    fn heard(&mut self, place: usize, weather: Weather, answer: Vec<u8>) -> Result<(), Failure> {
        match weather {
            Weather::AnswerLost => self.failed(place)?,
            Weather::AnswerLate => {
                self.failed(place)?;
                self.site(place).answers.push(answer);
            }
            Weather::AnswerCut => {
                let end = self.rng.below(answer.len());
                let cut = answer.get(..end).unwrap_or_default();
                if self.hear(place, cut).is_ok() {
                    return Err(format!("phone {place} took {end} bytes of an answer"));
                }
            }
            _ => {
                self.hear_whole(place, &answer)?;
                if matches!(weather, Weather::AnswerTwice) {
                    self.site(place).answers.push(answer);
                }
            }
        }
        Ok(())
    }

    fn lost(&mut self, place: usize, request: Vec<u8>) -> Result<(), Failure> {
        let late = self.rng.chance(40);
        self.failed(place)?;
        if late {
            self.site(place).requests.push(request);
        }
        Ok(())
    }

    /// A request of this phone did not return.
    fn failed(&mut self, place: usize) -> Result<(), Failure> {
        self.site(place).phone().request_failed().map_err(|error| error.to_string())
    }

    fn cut_request(&mut self, place: usize, request: &[u8]) -> Result<(), Failure> {
        let end = self.rng.below(request.len());
        let device = self.site(place).device;
        let cut = request.get(..end).unwrap_or_default();
        if self.server.answer(device, cut, self.now).is_ok() {
            return Err(format!("the district took {end} bytes of a request"));
        }
        self.failed(place)
    }

    /// An answer arrives late, or once more.
    pub(super) fn late_answer(&mut self, place: usize) -> Result<(), Failure> {
        let waiting = self.site(place).answers.len();
        let number = self.rng.below(waiting);
        let Some(answer) = self.site(place).answers.get(number).cloned() else { return Ok(()) };
        self.tell(format!("phone {place} hears the late answer {number}"));
        if self.rng.chance(50) {
            self.site(place).answers.remove(number);
        }
        self.hear_whole(place, &answer).map(drop)
    }

    /// A request arrives late, or once more; its answer may too.
    pub(super) fn late_request(&mut self, place: usize) -> Result<(), Failure> {
        let Some(request) = self.site(place).requests.pop() else { return Ok(()) };
        self.tell(format!("a late request of phone {place} arrives"));
        let answer = self.answer(place, &request)?;
        self.site(place).answers.push(answer);
        Ok(())
    }

    pub(super) fn request(&mut self, place: usize) -> Result<Vec<u8>, Failure> {
        let now = self.tick(place);
        let request = self.site(place).phone().outgoing("world", None, now);
        request.map_err(|error| format!("phone {place} cannot ask: {error}"))
    }

    pub(super) fn answer(&mut self, place: usize, request: &[u8]) -> Result<Vec<u8>, Failure> {
        let device = self.site(place).device;
        let answer = self.server.answer(device, request, self.now);
        answer.map_err(|error| format!("the district does not answer phone {place}: {error}"))
    }

    fn hear(&mut self, place: usize, answer: &[u8]) -> Result<SyncOutcome, PhoneError> {
        let site = self.site(place);
        let now = site.now;
        site.phone().incoming(answer, now)
    }

    pub(super) fn hear_whole(
        &mut self,
        place: usize,
        answer: &[u8],
    ) -> Result<SyncOutcome, Failure> {
        let heard = self.hear(place, answer);
        let heard =
            heard.map_err(|error| format!("phone {place} does not take an answer: {error}"))?;
        if heard != SyncOutcome::default() {
            self.tell(format!("  phone {place}: {heard:?}"));
        }
        Ok(heard)
    }
}
