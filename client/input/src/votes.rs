// SPDX-License-Identifier: Apache-2.0

//! Recorded votes: reading the CSV, and telling what they are votes about.

use crate::{
	decimal::{scaled, Beyond, NotANumber},
	values::value_from_text,
	Failure,
};
use eventum_primitives::{
	definition::{
		ChoiceOption, Field, FieldType, Fields, Name, ScalarType, MAX_DECIMALS, MAX_OPTIONS,
		MAX_TEXT,
	},
	value::{canonical_text, encode_answer, Answer},
};
use std::{
	collections::{BTreeMap, HashMap},
	io::Read,
	path::Path,
};

/// Votes on tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes {
	/// Tasks in the order in which they first appear; each is a round.
	pub tasks: Vec<Task>,
	/// Workers in the order in which they first appear.
	pub workers: Vec<String>,
	/// What the answers are.
	pub field: FieldType,
}

/// The votes of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
	/// Its name.
	pub name: String,
	/// Who answered what, by place in [`Votes::workers`], in the order of the file.
	pub votes: Vec<(usize, String)>,
}

/// One line of a file.
struct Line {
	number: u64,
	fields: Vec<String>,
}

fn opened(path: &Path) -> Result<std::fs::File, Failure> {
	std::fs::File::open(path)
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))
}

/// Reads a file of votes.
pub fn read_votes(path: &Path) -> Result<Votes, Failure> {
	parse_votes(opened(path)?).map_err(|failure| failure.during(path.display()))
}

/// Reads a file of right answers, task by task.
pub fn read_truth(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
	parse_truth(opened(path)?).map_err(|failure| failure.during(path.display()))
}

/// The lines under one of these headers; the first is the usual one.
fn lines(input: impl Read, headers: &[&[&str]]) -> Result<Vec<Line>, Failure> {
	let columns = headers.first().copied().unwrap_or_default();
	let mut reader = csv::ReaderBuilder::new()
		.has_headers(false)
		.flexible(true)
		.trim(csv::Trim::All)
		.from_reader(input);
	let mut lines = Vec::new();
	for record in reader.records() {
		let record = record.map_err(|error| Failure::new(format!("no CSV: {error}")))?;
		let number = record.position().map_or(0, csv::Position::line);
		let fields: Vec<String> = record.iter().map(String::from).collect();
		lines.push(Line { number, fields });
	}
	let header = lines.first().map(|line| {
		let first = line.fields.first().map(|name| name.trim_start_matches('\u{feff}'));
		first.into_iter().chain(line.fields.iter().skip(1).map(String::as_str)).collect::<Vec<_>>()
	});
	if !header.as_deref().is_some_and(|header| headers.contains(&header)) {
		let found = header.map_or_else(|| "nothing".into(), |names| names.join(","));
		return Err(Failure::new(format!("the first line is {found}"))
			.hint(format!("make it the header {}", columns.join(","))));
	}
	lines.remove(0);
	if let Some(line) = lines.iter().find(|line| line.fields.len() != columns.len()) {
		return Err(Failure::new(format!("line {} has {} fields", line.number, line.fields.len()))
			.hint(format!(
				"give it {} ({}), with quotes around a comma",
				columns.len(),
				columns.join(",")
			)));
	}
	Ok(lines)
}

/// Reads right answers: CSV with the header `task,answer` (or `task,truth`).
pub fn parse_truth(input: impl Read) -> Result<BTreeMap<String, String>, Failure> {
	let mut truth = BTreeMap::new();
	for line in lines(input, &[&["task", "answer"], &["task", "truth"]])? {
		let [task, answer] = &line.fields[..] else { continue };
		if truth.insert(task.clone(), answer.clone()).is_some() {
			return Err(Failure::new(format!("line {}: task {task} is there twice", line.number)));
		}
	}
	Ok(truth)
}

/// Reads votes: CSV with the header `task,worker,answer`.
pub fn parse_votes(input: impl Read) -> Result<Votes, Failure> {
	let (mut tasks, mut workers) = (Vec::<Task>::new(), Vec::<String>::new());
	let (mut task_places, mut worker_places) = (HashMap::new(), HashMap::new());
	let mut seen = HashMap::new();
	for line in lines(input, &[&["task", "worker", "answer"]])? {
		let [task, worker, answer] = &line.fields[..] else { continue };
		let Line { number, .. } = line;
		if task.is_empty() || worker.is_empty() {
			return Err(Failure::new(format!("line {number}: task or worker is empty")));
		}
		// An empty answer is one that was left out.
		if answer.is_empty() {
			continue;
		}
		let place = *task_places.entry(task.clone()).or_insert_with(|| {
			tasks.push(Task { name: task.clone(), votes: Vec::new() });
			tasks.len() - 1
		});
		let who = *worker_places.entry(worker.clone()).or_insert_with(|| {
			workers.push(worker.clone());
			workers.len() - 1
		});
		if let Some(earlier) = seen.insert((place, who), number) {
			let text = format!("line {number}: {worker} has answered {task} on line {earlier}");
			return Err(Failure::new(text).hint("keep one answer of a worker for each task"));
		}
		tasks[place].votes.push((who, answer.clone()));
	}
	if tasks.is_empty() {
		return Err(Failure::new("there are no votes"));
	}
	let field = field_of(&tasks)?;
	Ok(Votes { tasks, workers, field })
}

/// What all the answers are.
fn field_of(tasks: &[Task]) -> Result<FieldType, Failure> {
	let answers = || tasks.iter().flat_map(|task| task.votes.iter().map(|(_, answer)| answer));
	let mut distinct: Vec<&String> = Vec::new();
	let mut known = std::collections::HashSet::new();
	for answer in answers() {
		if known.insert(answer) {
			distinct.push(answer);
		}
	}
	let is_boolean =
		|text: &&String| matches!(text.to_ascii_lowercase().as_str(), "true" | "false");
	let is_integer = |text: &&String| scaled(text, 0, Beyond::Refuse).is_ok();
	if distinct.iter().all(is_boolean) {
		return Ok(FieldType::Scalar(ScalarType::Boolean));
	}
	if distinct.iter().all(is_integer) {
		return Ok(FieldType::Scalar(ScalarType::Integer));
	}
	let places = |text: &&String| {
		let fits = |places: &u8| {
			!matches!(
				scaled(text, u32::from(*places), Beyond::Refuse),
				Err(NotANumber::TooFine | NotANumber::Malformed)
			)
		};
		let number = scaled(text, u32::from(MAX_DECIMALS), Beyond::HalfEven).is_ok();
		number.then(|| (0..MAX_DECIMALS).find(fits).unwrap_or(MAX_DECIMALS))
	};
	if let Some(decimals) = distinct.iter().map(places).collect::<Option<Vec<u8>>>() {
		let decimals = decimals.into_iter().max().unwrap_or_default();
		return Ok(FieldType::Scalar(ScalarType::Float { decimals }));
	}
	let labels: Option<Vec<Name>> =
		distinct.iter().map(|text| text.as_bytes().to_vec().try_into().ok()).collect();
	if let Some(labels) = labels.filter(|labels| (2..=MAX_OPTIONS as usize).contains(&labels.len()))
	{
		let options = labels.into_iter().map(|name| ChoiceOption { name, value: None });
		if let Ok(options) = options.collect::<Vec<_>>().try_into() {
			return Ok(FieldType::Categorical { options, multiple: false });
		}
	}
	let longest = distinct.iter().map(|text| canonical_text(text).len()).max().unwrap_or(1).max(1);
	match u16::try_from(longest) {
		Ok(max_length @ ..=MAX_TEXT) => Ok(FieldType::Scalar(ScalarType::Text { max_length })),
		_ => Err(Failure::new(format!("the longest answer has {longest} bytes"))
			.hint("shorten it: at most 256 can be compared")),
	}
}

impl Votes {
	/// The fields of a report: one without a name.
	pub fn fields(&self) -> Result<Fields, Failure> {
		let field = Field { name: Name::default(), field_type: self.field.clone() };
		Fields::try_from(vec![field]).map_err(|_| Failure::new("a report has one field"))
	}

	/// Votes of all tasks together.
	pub fn count(&self) -> usize {
		self.tasks.iter().map(|task| task.votes.len()).sum()
	}

	/// Whether every worker has answered every task.
	pub fn is_complete(&self) -> bool {
		self.tasks.iter().all(|task| task.votes.len() == self.workers.len())
	}

	/// More than half of a task's votes (of the middle one, when tasks have different numbers of
	/// them), but at most 20.
	pub fn default_consensus(&self) -> u32 {
		let mut sizes: Vec<usize> = self.tasks.iter().map(|task| task.votes.len()).collect();
		sizes.sort_unstable();
		let middle = sizes.get(sizes.len().saturating_sub(1) / 2).copied().unwrap_or(1);
		u32::try_from(middle / 2 + 1).unwrap_or(20).min(20)
	}

	/// An answer as it is reported.
	pub fn answer(&self, text: &str) -> Result<Answer, Failure> {
		let value = value_from_text(&self.field, text)?;
		Ok(Answer::Values(vec![value]))
	}

	/// The text in the file that an agreed answer of a task stands for.
	pub fn text_of(&self, task: &Task, canonical: &[u8]) -> Option<String> {
		let fields = self.fields().ok()?;
		let same = |text: &str| {
			let answer = self.answer(text).ok()?;
			(encode_answer(&fields, &answer).ok()? == canonical).then(|| text.to_string())
		};
		task.votes.iter().find_map(|(_, text)| same(text))
	}

	/// Whether two texts mean the same answer.
	pub fn same(&self, one: &str, other: &str) -> bool {
		match (self.answer(one), self.answer(other)) {
			(Ok(one), Ok(other)) => one == other,
			_ => one == other,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn votes(text: &str) -> Votes {
		parse_votes(text.as_bytes()).unwrap()
	}

	fn field(answers: &[&str]) -> FieldType {
		let quoted = answers.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
		let lines = quoted.enumerate().map(|(place, text)| format!("t{place},w,{text}\n"));
		votes(&format!("task,worker,answer\n{}", lines.collect::<String>())).field
	}

	#[test]
	fn files_are_read_in_order_of_appearance() {
		let text = "task,worker,answer\r\n\
			b,w2,true\r\n\"a, the \"\"first\"\"\",w1,FALSE\r\nb,w1,false\r\na,w2,\r\n";
		let votes = votes(text);
		assert_eq!(votes.tasks.len(), 2);
		assert_eq!(votes.tasks[0].name, "b");
		assert_eq!(votes.tasks[1].name, "a, the \"first\"");
		assert_eq!(votes.workers, ["w2", "w1"]);
		assert_eq!(votes.tasks[0].votes, [(0, "true".into()), (1, "false".into())]);
		assert!(!votes.is_complete(), "an empty answer is none");
		assert_eq!((votes.count(), votes.default_consensus()), (3, 1));
	}

	#[test]
	fn broken_files_name_the_line() {
		for (text, words) in [
			("", "the first line is nothing"),
			("task;worker;answer\n", "task;worker;answer"),
			("task,worker,answer\n", "no votes"),
			("task,worker,answer\na,w\n", "line 2 has 2 fields"),
			("task,worker,answer\na,w,1\na,w,2\n", "line 3: w has answered a on line 2"),
			("task,worker,answer\n,w,1\n", "line 2: task or worker is empty"),
		] {
			let failure = parse_votes(text.as_bytes()).unwrap_err().to_string();
			assert!(failure.contains(words), "{text:?}: {failure}");
		}
	}

	#[test]
	fn the_type_is_read_off_the_answers() {
		let scalar = FieldType::Scalar;
		assert_eq!(field(&["true", "False"]), scalar(ScalarType::Boolean));
		assert_eq!(field(&["1", "-20", "007"]), scalar(ScalarType::Integer));
		assert_eq!(field(&["1", "2.50", "0.125"]), scalar(ScalarType::Float { decimals: 3 }));
		let FieldType::Categorical { options, multiple: false } = field(&["cat", "dog, big"])
		else {
			panic!()
		};
		assert_eq!(&options[1].name[..], b"dog, big");
		let many: Vec<String> = (0..65).map(|number| format!("Text {number}")).collect();
		let many: Vec<&str> = many.iter().map(String::as_str).collect();
		assert_eq!(field(&many), scalar(ScalarType::Text { max_length: 7 }));
		assert_eq!(field(&["only"]), scalar(ScalarType::Text { max_length: 4 }));
	}

	#[test]
	fn agreed_answers_are_told_in_the_words_of_the_file() {
		let votes = votes("task,worker,answer\na,w1,1.50\na,w2,1.5\na,w3,2.25\n");
		let fields = votes.fields().unwrap();
		let canonical = encode_answer(&fields, &votes.answer("1.5").unwrap()).unwrap();
		assert_eq!(votes.text_of(&votes.tasks[0], &canonical), Some("1.50".into()));
		assert!(votes.same("1.500", "1.5") && !votes.same("1.5", "2.25"));
	}

	#[test]
	fn truth_has_one_answer_for_a_task() {
		for header in ["task,answer", "task,truth"] {
			let truth = parse_truth(format!("{header}\na,true\nb,false\n").as_bytes()).unwrap();
			assert_eq!(truth["b"], "false");
		}
		assert!(parse_truth("task,answer\na,1\na,2\n".as_bytes()).is_err());
	}
}
