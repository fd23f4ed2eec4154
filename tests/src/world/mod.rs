//! A world that follows from a seed: phones on real files, a district's store and worker, and a
//! network that loses, repeats, reorders and cuts. No sockets, and no clock but its own.
//!
//! ```
//! use soban_tests::world::{Template, World};
//!
//! let template = Template::new();
//! World::new(&template, 7).run().unwrap();
//! ```

mod compare;
mod decide;
mod files;
mod network;
mod quiet;
mod rng;
mod server;
mod site;
mod template;
mod tokens;
mod write;

pub use template::Template;

use soban_core::base::Instant;

use crate::phones::NOW;
use files::Scratch;
use rng::Rng;
use server::Server;
use site::Site;
use tokens::Tokens;

const FEWEST_STEPS: usize = 20;
const DAY_MS: i64 = 86_400_000;
/// 1970, 2012, 2013, 2099.
const CLOCKS: [Instant; 4] =
    [Instant(0), NOW, Instant(NOW.0 + 200 * DAY_MS), Instant(4_085_000_000_000)];

/// What went wrong, and the last things that happened before.
pub type Failure = String;

/// One world.
#[derive(Debug)]
pub struct World {
    rng: Rng,
    server: Server,
    sites: Vec<Site>,
    /// The district's clock.
    now: Instant,
    tokens: Tokens,
    story: Vec<String>,
    _dir: Scratch,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Write,
    Sync,
    LateAnswer,
    LateRequest,
    Reopen,
    CopyPhone,
    RestorePhone,
    Project,
    Restart,
    CopyServer,
    RestoreServer,
    Decide,
    Clock,
}

const STEPS: [(usize, Step); 13] = [
    (36, Step::Write),
    (28, Step::Sync),
    (4, Step::LateAnswer),
    (3, Step::LateRequest),
    (3, Step::Reopen),
    (4, Step::CopyPhone),
    (3, Step::RestorePhone),
    (5, Step::Project),
    (2, Step::Restart),
    (3, Step::CopyServer),
    (2, Step::RestoreServer),
    (5, Step::Decide),
    (2, Step::Clock),
];

impl World {
    /// The world of a seed, before anything has happened in it.
    #[must_use]
    pub fn new(template: &Template, seed: u64) -> Self {
        let (dir, mut rng) = (Scratch::new(), Rng::new(seed));
        template.copy_to(dir.path());
        let pack = std::sync::Arc::clone(&template.pack);
        let server = Server::start(dir.path().join("server"), pack, &mut rng);
        let phones = 2 + rng.below(template::MOST_PHONES - 1);
        let folders = (0..phones).map(|place| dir.path().join(format!("phone-{place}")));
        let sites = folders.map(|folder| Site::open(folder, NOW, &mut rng)).collect();
        let (tokens, story) = (Tokens::default(), Vec::new());
        Self { rng, server, sites, now: NOW, tokens, story, _dir: dir }
    }

    /// Lets things happen, then lets everybody finish, and compares.
    ///
    /// # Errors
    /// What is not as it must be, and what happened last.
    pub fn run(mut self) -> Result<(), Failure> {
        let lived = self.live();
        lived.map_err(|what| format!("{}\n  {what}", self.story.join("\n")))
    }

    fn live(&mut self) -> Result<(), Failure> {
        let steps = FEWEST_STEPS + self.rng.below(FEWEST_STEPS);
        for _ in 0..steps {
            self.step()?;
        }
        self.run_until_quiet()?;
        self.compare()
    }

    fn step(&mut self) -> Result<(), Failure> {
        let place = self.rng.below(self.sites.len());
        let Some(step) = self.rng.choose(&STEPS) else { return Ok(()) };
        match step {
            Step::Write => self.write(place),
            Step::Sync => self.sync_badly(place),
            Step::LateAnswer => self.late_answer(place),
            Step::LateRequest => self.late_request(place),
            Step::Reopen => self.reopen(place),
            Step::CopyPhone => self.copy_phone(place),
            Step::RestorePhone => self.restore_phone(place),
            Step::Project => self.project(),
            Step::Restart => self.restart(),
            Step::CopyServer => self.copy_server(),
            Step::RestoreServer => self.restore_server(),
            Step::Decide => self.decide(),
            Step::Clock => self.turn_clock(place),
        }
    }

    fn tell(&mut self, what: String) {
        self.story.push(what);
    }

    fn site(&mut self, place: usize) -> &mut Site {
        self.sites.get_mut(place).expect("a phone of this world")
    }

    fn reopen(&mut self, place: usize) -> Result<(), Failure> {
        let kill = self.rng.chance(60);
        self.tell(format!("phone {place} is {}", if kill { "killed" } else { "closed" }));
        let mut rng = self.rng.branch();
        self.site(place).reopen(kill, &mut rng);
        Ok(())
    }

    fn copy_phone(&mut self, place: usize) -> Result<(), Failure> {
        self.tell(format!("phone {place} is copied"));
        self.site(place).copy();
        Ok(())
    }

    fn restore_phone(&mut self, place: usize) -> Result<(), Failure> {
        let (mut rng, with_marker) = (self.rng.branch(), self.rng.chance(40));
        let site = self.site(place);
        let number = rng.below(site.copies.len());
        let Some(copy) = site.copies.get(number).cloned() else { return Ok(()) };
        site.put_back(&copy, with_marker, &mut rng);
        let marker = if with_marker { "with" } else { "without" };
        self.tell(format!("phone {place} is restored from copy {number} {marker} its marker"));
        self.forgive_lost();
        Ok(())
    }

    fn project(&mut self) -> Result<(), Failure> {
        self.tell("the district looks at what arrived".to_owned());
        self.server.project();
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Failure> {
        let (mut rng, cut) = (self.rng.branch(), self.rng.chance(50));
        self.tell(format!("the district is {}", if cut { "killed" } else { "restarted" }));
        self.server.restart(cut, &mut rng);
        Ok(())
    }

    fn copy_server(&mut self) -> Result<(), Failure> {
        self.tell("the district is copied".to_owned());
        self.server.copy();
        Ok(())
    }

    fn restore_server(&mut self) -> Result<(), Failure> {
        let (mut rng, new_epoch) = (self.rng.branch(), self.rng.chance(50));
        let number = rng.below(self.server.copies.len());
        let Some(copy) = self.server.copies.get(number).cloned() else { return Ok(()) };
        let epoch = if new_epoch { "a new" } else { "its old" };
        self.tell(format!("the district is restored from copy {number} with {epoch} epoch"));
        self.server.restore(&copy, new_epoch, &mut rng);
        self.forgive_lost();
        Ok(())
    }

    fn turn_clock(&mut self, place: usize) -> Result<(), Failure> {
        let Some(to) = self.rng.pick(&CLOCKS).copied() else { return Ok(()) };
        if self.rng.chance(25) {
            self.tell(format!("the district's clock jumps to {}", to.0));
            self.now = to;
        } else {
            self.tell(format!("the clock of phone {place} jumps to {}", to.0));
            self.site(place).now = to;
        }
        Ok(())
    }

    /// Time passes, on every clock in its own way.
    fn tick(&mut self, place: usize) -> Instant {
        self.now.0 += 1_000;
        let site = self.site(place);
        site.now.0 += 1_000;
        site.now
    }
}
