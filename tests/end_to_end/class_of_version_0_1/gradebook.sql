BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO "alembic_version" VALUES('e43177bfe90b');
CREATE TABLE assignment (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	duedate DATETIME, 
	course_id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO "assignment" VALUES('df696d4c0575424e89c87a9ad77131c1','01_channel_attention',NULL,'attention');
CREATE TABLE base_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	notebook_id VARCHAR(32) NOT NULL, 
	type VARCHAR(50), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id, type), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "base_cell" VALUES('3086aad46e2b40cb8678fb0026c8f808','check_squeeze','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('85c4351ed5684fafa5ee0a0f67d3ef46','check_excitation','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('a4787487e88a4e5a90019cf7460a7749','check_channel_attention','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('cbd1d22b20ca4e369a6e3c6859fef7da','check_se_parameters','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('3249f09e3e9d473099865e76759e5afa','check_quiz_se_parameters','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('dbde50b19fa74f64b2023caf0787b2e4','check_quiz_hidden_width','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('4baf146c89384c33b9f80f61fd374925','written_channel','9e65a92a31af46c6bda40b504bc03ec4','GradeCell');
INSERT INTO "base_cell" VALUES('2eb92194b9f74282b327dafb76a09cfe','squeeze','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('54650d532e5c4770b759225c6616f902','excitation','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('6c781c8bbce6483aaa590e19e2cebcb5','channel_attention','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('f02886764055461995640f9eb016482b','se_parameters','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('af0bc0cd40af4a82bc63b03cbafe655e','quiz_se_parameters','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('7d30b371dc3b49c3b59cd340dfd33333','quiz_hidden_width','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
INSERT INTO "base_cell" VALUES('683f01914b844935a785cba857ffe2ab','written_channel','9e65a92a31af46c6bda40b504bc03ec4','SolutionCell');
CREATE TABLE comment (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_comment TEXT, 
	manual_comment TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO "comment" VALUES('061cc5f147f04e24b03cc3594629229f','6b1c17eb0e82476abfbcd7e1c447edfe','2eb92194b9f74282b327dafb76a09cfe',NULL,NULL);
INSERT INTO "comment" VALUES('1a6e89c576e841d197371c99d3d1bc14','6b1c17eb0e82476abfbcd7e1c447edfe','54650d532e5c4770b759225c6616f902',NULL,NULL);
INSERT INTO "comment" VALUES('632a656a19b7414eb3763862490dbc14','6b1c17eb0e82476abfbcd7e1c447edfe','6c781c8bbce6483aaa590e19e2cebcb5',NULL,NULL);
INSERT INTO "comment" VALUES('a4168bfd5dc04cfc9afd992226753ab5','6b1c17eb0e82476abfbcd7e1c447edfe','f02886764055461995640f9eb016482b',NULL,NULL);
INSERT INTO "comment" VALUES('ab7d8f0338fa472b8af8fb5fa9299c6f','6b1c17eb0e82476abfbcd7e1c447edfe','af0bc0cd40af4a82bc63b03cbafe655e',NULL,NULL);
INSERT INTO "comment" VALUES('7501aaba7d3e4ddeadeaa18b33e24944','6b1c17eb0e82476abfbcd7e1c447edfe','7d30b371dc3b49c3b59cd340dfd33333',NULL,NULL);
INSERT INTO "comment" VALUES('4f7f134a8a2e46a3b61efaafdd0f868c','6b1c17eb0e82476abfbcd7e1c447edfe','683f01914b844935a785cba857ffe2ab',NULL,'Read by a person.');
INSERT INTO "comment" VALUES('58413f9db3764d019796f997520feec9','736946a141844999afa36b11b7b34681','2eb92194b9f74282b327dafb76a09cfe',NULL,NULL);
INSERT INTO "comment" VALUES('682a98083de14556ad785564ffcd477f','736946a141844999afa36b11b7b34681','54650d532e5c4770b759225c6616f902',NULL,NULL);
INSERT INTO "comment" VALUES('9d671040786c4075828d57dcaa0aaab6','736946a141844999afa36b11b7b34681','6c781c8bbce6483aaa590e19e2cebcb5',NULL,NULL);
INSERT INTO "comment" VALUES('beadf3849f9640a5ac9da730213a91ed','736946a141844999afa36b11b7b34681','f02886764055461995640f9eb016482b',NULL,NULL);
INSERT INTO "comment" VALUES('4de94ae0ea5a43f591615e3b70bba030','736946a141844999afa36b11b7b34681','af0bc0cd40af4a82bc63b03cbafe655e',NULL,NULL);
INSERT INTO "comment" VALUES('f77c986b9cf840adba9dcf19a2d5aa2d','736946a141844999afa36b11b7b34681','7d30b371dc3b49c3b59cd340dfd33333',NULL,NULL);
INSERT INTO "comment" VALUES('c309ff7f9b804cba8eca1a39f3fbfb53','736946a141844999afa36b11b7b34681','683f01914b844935a785cba857ffe2ab',NULL,NULL);
INSERT INTO "comment" VALUES('66b80b39d49346289a0fb3aa00408301','d4a4fc254db7418e8aeeea5718f6b236','2eb92194b9f74282b327dafb76a09cfe',NULL,NULL);
INSERT INTO "comment" VALUES('590c50b0a09f44efaaa494a54315be57','d4a4fc254db7418e8aeeea5718f6b236','54650d532e5c4770b759225c6616f902',NULL,NULL);
INSERT INTO "comment" VALUES('13989c2218cc4068b4e1deb3efd6a941','d4a4fc254db7418e8aeeea5718f6b236','6c781c8bbce6483aaa590e19e2cebcb5',NULL,NULL);
INSERT INTO "comment" VALUES('b53ce05cd31b4489b9aba7057d98a3f4','d4a4fc254db7418e8aeeea5718f6b236','f02886764055461995640f9eb016482b',NULL,NULL);
INSERT INTO "comment" VALUES('68212a10a74f470882e925b7b41b5c37','d4a4fc254db7418e8aeeea5718f6b236','af0bc0cd40af4a82bc63b03cbafe655e',NULL,NULL);
INSERT INTO "comment" VALUES('5b601f241e334899a7f67630a2041ace','d4a4fc254db7418e8aeeea5718f6b236','7d30b371dc3b49c3b59cd340dfd33333',NULL,NULL);
INSERT INTO "comment" VALUES('90c3ebd836764e3ba06bdc7c7fed45d1','d4a4fc254db7418e8aeeea5718f6b236','683f01914b844935a785cba857ffe2ab',NULL,NULL);
CREATE TABLE course (
	id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (id)
);
INSERT INTO "course" VALUES('attention');
INSERT INTO "course" VALUES('default_course');
CREATE TABLE grade (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_score FLOAT, 
	manual_score FLOAT, 
	extra_credit FLOAT, 
	needs_manual_grade BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO "grade" VALUES('be687cda238244f0b25219a5fcbe900d','6b1c17eb0e82476abfbcd7e1c447edfe','3086aad46e2b40cb8678fb0026c8f808',3.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('1d0bfdbf61b84da0bb65c5f1d55e22f4','6b1c17eb0e82476abfbcd7e1c447edfe','85c4351ed5684fafa5ee0a0f67d3ef46',4.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('639c3437aff4444d93fcc63c42a4062a','6b1c17eb0e82476abfbcd7e1c447edfe','a4787487e88a4e5a90019cf7460a7749',5.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('e3264651b24b4c5ba74fb092d7404a37','6b1c17eb0e82476abfbcd7e1c447edfe','cbd1d22b20ca4e369a6e3c6859fef7da',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('97f8fe3b199a4e1ab6a31bda60751c80','6b1c17eb0e82476abfbcd7e1c447edfe','3249f09e3e9d473099865e76759e5afa',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('5f6265d518a04fb097945f69fe9dc3bd','6b1c17eb0e82476abfbcd7e1c447edfe','dbde50b19fa74f64b2023caf0787b2e4',1.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('7266ecbf7dbb41a694067a52ea8eed5d','6b1c17eb0e82476abfbcd7e1c447edfe','4baf146c89384c33b9f80f61fd374925',NULL,2.0,NULL,0);
INSERT INTO "grade" VALUES('56c538cfc2b3486aaebc3fe757b2699e','736946a141844999afa36b11b7b34681','3086aad46e2b40cb8678fb0026c8f808',3.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('98fa5d7f08de402f9265cc33e30e8fb8','736946a141844999afa36b11b7b34681','85c4351ed5684fafa5ee0a0f67d3ef46',1.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('e211267f8fbc41188d021fca84fb0c05','736946a141844999afa36b11b7b34681','a4787487e88a4e5a90019cf7460a7749',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('f2c0b891af984dda88a295bd8ae428c5','736946a141844999afa36b11b7b34681','cbd1d22b20ca4e369a6e3c6859fef7da',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('f121e02f30a34351b86f05666e1c9532','736946a141844999afa36b11b7b34681','3249f09e3e9d473099865e76759e5afa',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('bd8fc1f890d5455d88b47f5bc834b0be','736946a141844999afa36b11b7b34681','dbde50b19fa74f64b2023caf0787b2e4',1.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('004d23254716442f9325a1c701139e48','736946a141844999afa36b11b7b34681','4baf146c89384c33b9f80f61fd374925',NULL,NULL,NULL,1);
INSERT INTO "grade" VALUES('3bbd2475e76341808111f1c3537b09cc','d4a4fc254db7418e8aeeea5718f6b236','3086aad46e2b40cb8678fb0026c8f808',3.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('34a066b94cc94df0a57c372249febed8','d4a4fc254db7418e8aeeea5718f6b236','85c4351ed5684fafa5ee0a0f67d3ef46',4.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('ad450da578ed469f822af35dd9090bae','d4a4fc254db7418e8aeeea5718f6b236','a4787487e88a4e5a90019cf7460a7749',5.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('a47dff48013946b886fbbdbcdad36979','d4a4fc254db7418e8aeeea5718f6b236','cbd1d22b20ca4e369a6e3c6859fef7da',0.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('8e2d420185b74f0395c76e0a792bed20','d4a4fc254db7418e8aeeea5718f6b236','3249f09e3e9d473099865e76759e5afa',0.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('1be4b991edd34991865e02a3dcd39a60','d4a4fc254db7418e8aeeea5718f6b236','dbde50b19fa74f64b2023caf0787b2e4',1.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('2668a96d034f438e8072aa9f04886f23','d4a4fc254db7418e8aeeea5718f6b236','4baf146c89384c33b9f80f61fd374925',NULL,NULL,NULL,1);
CREATE TABLE grade_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO "grade_cells" VALUES('3086aad46e2b40cb8678fb0026c8f808',3.0,'code');
INSERT INTO "grade_cells" VALUES('85c4351ed5684fafa5ee0a0f67d3ef46',4.0,'code');
INSERT INTO "grade_cells" VALUES('a4787487e88a4e5a90019cf7460a7749',5.0,'code');
INSERT INTO "grade_cells" VALUES('cbd1d22b20ca4e369a6e3c6859fef7da',2.0,'code');
INSERT INTO "grade_cells" VALUES('3249f09e3e9d473099865e76759e5afa',2.0,'code');
INSERT INTO "grade_cells" VALUES('dbde50b19fa74f64b2023caf0787b2e4',1.0,'code');
INSERT INTO "grade_cells" VALUES('4baf146c89384c33b9f80f61fd374925',3.0,'markdown');
CREATE TABLE notebook (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	assignment_id VARCHAR(32), 
	kernelspec VARCHAR(1024), 
	PRIMARY KEY (id), 
	UNIQUE (name, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id)
);
INSERT INTO "notebook" VALUES('9e65a92a31af46c6bda40b504bc03ec4','01_channel_attention','df696d4c0575424e89c87a9ad77131c1','{"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}');
CREATE TABLE solution_cells (
	id VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO "solution_cells" VALUES('2eb92194b9f74282b327dafb76a09cfe');
INSERT INTO "solution_cells" VALUES('54650d532e5c4770b759225c6616f902');
INSERT INTO "solution_cells" VALUES('6c781c8bbce6483aaa590e19e2cebcb5');
INSERT INTO "solution_cells" VALUES('f02886764055461995640f9eb016482b');
INSERT INTO "solution_cells" VALUES('af0bc0cd40af4a82bc63b03cbafe655e');
INSERT INTO "solution_cells" VALUES('7d30b371dc3b49c3b59cd340dfd33333');
INSERT INTO "solution_cells" VALUES('683f01914b844935a785cba857ffe2ab');
CREATE TABLE source_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	locked BOOLEAN NOT NULL, 
	source TEXT, 
	checksum VARCHAR(128), 
	notebook_id VARCHAR(32), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "source_cell" VALUES('f8c8dce147b647a39aa4c0b339061d1f','squeeze','code',0,'def squeeze(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Describe every channel by one number, its average over height and width.

    x: feature map, (N, H, W, C).
    name: start of the names of the layers made here.
    Returns the descriptor z, (N, C).
    """
    #### Fill your code ####
    raise NotImplementedError("squeeze: not filled in yet")','94068b0c71e97ae239739d01c68394a6','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('0436250a4c1f4084a89a5e96293a74c9','check_squeeze','code',1,'check("squeeze", squeeze)','65fc877cbddcd6db833e889e6de71aa2','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('1f8b61c27a0e4fcbbd9877b54f435c18','excitation','code',0,'def excitation(z: keras.KerasTensor, channels: int, reduction: int, name: str) -> keras.KerasTensor:
    """Turn the descriptor into one gate between 0 and 1 per channel.

    z: descriptor, (N, C).
    channels: C, the number of channels. reduction: r, so that the hidden layer has C // r units.
    name: start of the names of the layers made here.
    Returns the gates s, (N, C).
    """
    #### Fill your code ####
    raise NotImplementedError("excitation: not filled in yet")','aae25355107d9bbb6bcc4f84398a82c5','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('6333e4ca6da441379b96d2fba9d2c2d7','check_excitation','code',1,'check("excitation", excitation)','6c93597d4bcfaf1a47c9a567c6b12e20','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('70efa215f02c4b8d900f04f956d1aa78','channel_attention','code',0,'def channel_attention(x: keras.KerasTensor, name: str, reduction: int = 16) -> keras.KerasTensor:
    """Scale every channel of a feature map by its own gate: the squeeze-and-excitation block.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. reduction: r.
    Returns the refined feature map, (N, H, W, C).
    """
    #### Fill your code ####
    raise NotImplementedError("channel_attention: not filled in yet")','4bbd202a2c8350d9fb881e90b0856114','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('d10407dc93914bd8a0ca543121122f24','check_channel_attention','code',1,'check("channel_attention", channel_attention)','23f530ea7cce1c4cbce4db49a7bf5435','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('186ff8f0045840cb8ea1ae0a2205d4ec','se_parameters','code',0,'def se_parameters(channels: int, reduction: int) -> int:
    """Count the trainable numbers in one squeeze-and-excitation block, biases included."""
    #### Fill your code ####
    raise NotImplementedError("se_parameters: not filled in yet")','c99d2856226a1ce40e5b148631181983','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('c5302765569748c59dd5bbc7d6911faf','check_se_parameters','code',1,'check("se_parameters", se_parameters)','7f35a2fd200abffe8e036e1629fd11ab','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('aa0e2251860740d6bd31fd9f53bb24a4','quiz_se_parameters','code',0,'quiz_se_parameters_answer = None  # your number
#### Fill your code ####
raise NotImplementedError("quiz_se_parameters: not filled in yet")','d77de350363a0e05a998aca4e0e4dc11','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('b557e76ef2c14251aab23851da5bc568','check_quiz_se_parameters','code',1,'check("quiz_se_parameters", quiz_se_parameters_answer)','fccfc0e3dac907b52794c9245115d59f','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('ec0cc17ed9864d3ba9ac0d96c0bde785','quiz_hidden_width','code',0,'quiz_hidden_width_answer = None  # your number
#### Fill your code ####
raise NotImplementedError("quiz_hidden_width: not filled in yet")','0f6a0a6a6ae6c5f853c8af5102f1bf52','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('837e2236ff774ea6b7a6c08bcb8a9d42','check_quiz_hidden_width','code',1,'check("quiz_hidden_width", quiz_hidden_width_answer)','b37dee1d76171c090ef1c5e7338ca1cc','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('3f832d175980482aa3decc5f7ae101c8','rubric_channel','markdown',1,'## Written answer

<div class="alert alert-info">

### What does a gate tell you?
**3 points · about 10 minutes · five to eight sentences**

A colleague looks at a trained network and says: *"The gate of channel 7 is 0.9 and the gate of channel 3
is 0.2. So channel 7 is four and a half times as important."*

Give **two different reasons** why this may be wrong, and propose **one measurement** that would settle how
much channel 7 matters. Use what you saw in this lesson.

| points | for |
|---|---|
| 1 | a first sound reason, tied to the block''s equations or to something seen above |
| 1 | a second reason of a different kind |
| 1 | a measurement that would answer the question, and what it is compared with |

</div>','cbb18a7fb41a266bc999908006d45987','9e65a92a31af46c6bda40b504bc03ec4');
INSERT INTO "source_cell" VALUES('4bf6ce30176d4099aff5774ff215d232','written_channel','markdown',0,'*Write your answer here, in place of this line.*','6e94f0c93e069c42303cfd09f1f702a2','9e65a92a31af46c6bda40b504bc03ec4');
CREATE TABLE student (
	id VARCHAR(128) NOT NULL, 
	first_name VARCHAR(128), 
	last_name VARCHAR(128), 
	email VARCHAR(128), 
	lms_user_id VARCHAR(128), 
	PRIMARY KEY (id)
);
INSERT INTO "student" VALUES('ada',NULL,NULL,NULL,NULL);
INSERT INTO "student" VALUES('henri',NULL,NULL,NULL,NULL);
INSERT INTO "student" VALUES('rosa',NULL,NULL,NULL,NULL);
CREATE TABLE submitted_assignment (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	student_id VARCHAR(128), 
	timestamp DATETIME, 
	extension DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (assignment_id, student_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(student_id) REFERENCES student (id)
);
INSERT INTO "submitted_assignment" VALUES('efcf2d9b10aa4c38829afbe9d815ffec','df696d4c0575424e89c87a9ad77131c1','ada',NULL,NULL);
INSERT INTO "submitted_assignment" VALUES('b1c877217d9a4b3095fff15eb7ccfb80','df696d4c0575424e89c87a9ad77131c1','henri',NULL,NULL);
INSERT INTO "submitted_assignment" VALUES('59fac5d4ec8945a4950c4602fe10d675','df696d4c0575424e89c87a9ad77131c1','rosa',NULL,NULL);
CREATE TABLE submitted_notebook (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	notebook_id VARCHAR(32), 
	flagged BOOLEAN, 
	late_submission_penalty FLOAT, 
	PRIMARY KEY (id), 
	UNIQUE (notebook_id, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES submitted_assignment (id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "submitted_notebook" VALUES('6b1c17eb0e82476abfbcd7e1c447edfe','efcf2d9b10aa4c38829afbe9d815ffec','9e65a92a31af46c6bda40b504bc03ec4',0,NULL);
INSERT INTO "submitted_notebook" VALUES('736946a141844999afa36b11b7b34681','b1c877217d9a4b3095fff15eb7ccfb80','9e65a92a31af46c6bda40b504bc03ec4',0,NULL);
INSERT INTO "submitted_notebook" VALUES('d4a4fc254db7418e8aeeea5718f6b236','59fac5d4ec8945a4950c4602fe10d675','9e65a92a31af46c6bda40b504bc03ec4',0,NULL);
CREATE TABLE task_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
COMMIT;
