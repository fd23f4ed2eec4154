### Every word a person reads in the Mường Khương pack, in English.
###
###   form-F                a form's name     form-F-T              a field's name
###   form-F-T-ask          the phone's question   form-F-T-help    the advice below it
###   form-F-section-S      a step's name     form-F-group-G        a group's name
###   form-F-rule-R         a rule's message  choice-D-L            option L of list D

## A cell meeting

form-meeting = Cell meeting
form-meeting-help = Record each cell meeting once. Do not write anything secret.
form-meeting-section-what = The meeting
form-meeting-section-when = Time and place
form-meeting-section-people = Chair, note-taker, guests
form-meeting-section-attendance = Roll call
form-meeting-section-outcome = Outcome
form-meeting-group-attendance = Attendance
form-meeting-kind = Kind of meeting
form-meeting-kind-ask = What kind of meeting was it?
form-meeting-period_month = For the month of
form-meeting-period_month-ask = Which month is this meeting for?
form-meeting-period_month-help = If it was held late, in the next month, still choose the month it was for.
form-meeting-held_on = Held on
form-meeting-held_on-ask = On what day did the cell meet?
form-meeting-started_at = Began at
form-meeting-started_at-ask = What time did the meeting begin?
form-meeting-ended_at = Ended at
form-meeting-ended_at-ask = What time did the meeting end?
form-meeting-place = Place
form-meeting-place-ask = Where did the cell meet?
form-meeting-chair = Chair
form-meeting-chair-ask = Who chaired the meeting?
form-meeting-note_taker = Note-taker
form-meeting-note_taker-ask = Who took the minutes?
form-meeting-guests = Guests from above
form-meeting-guests-ask = Did anyone from a higher level attend?
form-meeting-guests-help = Write name and position. Leave empty if nobody came.
form-meeting-total_official = Official members
form-meeting-total_official-ask = How many official members does the cell have?
form-meeting-total_official-help = Count those absent and those exempt too.
form-meeting-total_probationary = Probationary members
form-meeting-total_probationary-ask = How many probationary members does the cell have?
form-meeting-total_probationary-help = If there are none, write 0.
form-meeting-exempt = Exempt from meetings
form-meeting-exempt-ask = How many members are exempt from meetings?
form-meeting-exempt-help = If there are none, write 0.
form-meeting-present = Present
form-meeting-present-ask = How many members were present?
form-meeting-present-help = Do not count guests or exempt members.
form-meeting-absent_excused = Absent, excused
form-meeting-absent_excused-ask = How many members were absent with a reason?
form-meeting-absent_excused-help = If there are none, write 0.
form-meeting-absent_unexcused = Absent, not excused
form-meeting-absent_unexcused-ask = How many members were absent without a reason?
form-meeting-absent_unexcused-help = If there are none, write 0.
form-meeting-conclusion = Conclusion
form-meeting-conclusion-ask = What did the chair conclude?
form-meeting-note = Note
form-meeting-note-ask = Is there anything to add?
form-meeting-rule-attendance_adds_up = Present and absent must add up to the total less those exempt.
form-meeting-rule-exempt_within_total = There cannot be more exempt members than members.
form-meeting-rule-ends_after_start = The meeting cannot end before it begins.
form-meeting-rule-not_before_its_month = The day lies before the month the meeting is for. Check the day or the month.
form-meeting-rule-three_official_members = The cell has fewer than 3 official members. If that is right, go on.
form-meeting-rule-has_agenda = No agenda item has been recorded yet.

## An agenda item

form-agenda_item = Agenda item
form-agenda_item-help = One item for each thing discussed. Do not record who said what.
form-agenda_item-section-content = Content
form-agenda_item-section-result = Outcome
form-agenda_item-section-votes = Vote
form-agenda_item-group-votes = Result of the vote
form-agenda_item-seq = Item no.
form-agenda_item-seq-ask = Which item of the meeting is this?
form-agenda_item-kind = Kind of item
form-agenda_item-kind-ask = What was this item about?
form-agenda_item-topic = Study topic
form-agenda_item-topic-ask = Which topic did the cell study?
form-agenda_item-summary = Summary
form-agenda_item-summary-ask = What was said, in short?
form-agenda_item-minutes = Length
form-agenda_item-minutes-ask = How many minutes did this item take?
form-agenda_item-conclusion = Conclusion
form-agenda_item-conclusion-ask = What did the cell conclude on this item?
form-agenda_item-votes_for = For
form-agenda_item-votes_for-ask = How many voted for?
form-agenda_item-votes_for-help = If there was no vote, leave all three empty.
form-agenda_item-votes_against = Against
form-agenda_item-votes_against-ask = How many voted against?
form-agenda_item-votes_against-help = If there were none, write 0.
form-agenda_item-votes_abstain = Abstaining
form-agenda_item-votes_abstain-ask = How many abstained?
form-agenda_item-votes_abstain-help = If there were none, write 0.
form-agenda_item-rule-study_has_topic = Please name the topic that was studied.
form-agenda_item-rule-votes_complete = If a vote is recorded, fill in all three numbers; write 0 where there were none.
form-agenda_item-rule-votes_within_present = More votes than members present.
form-agenda_item-rule-votes_within_official = More votes than official members. Probationary members do not vote.

## A contribution

form-contribution = Contribution
form-contribution-help = One record for each donor and each thing given. Do not write citizen-ID or certificate numbers.
form-contribution-section-what = What was given
form-contribution-section-donor = Who gave
form-contribution-section-quantity = How much
form-contribution-section-purpose = What for
form-contribution-section-mobiliser = Who mobilised
form-contribution-section-land = The land
form-contribution-section-status = Status
form-contribution-group-quantity = Kind and quantity
form-contribution-group-donor = Donor
form-contribution-group-work = Work
form-contribution-group-mobiliser = Who mobilised
form-contribution-group-parcel = Parcel and map sheet
form-contribution-group-handover = Stage and handover
form-contribution-kind = Kind
form-contribution-kind-ask = What was given?
form-contribution-kind-help = If several things were given, record each one.
form-contribution-donor_kind = Donor is
form-contribution-donor_kind-ask = Who gave: a person, a household, the whole village or an organisation?
form-contribution-donor_name = Donor’s name
form-contribution-donor_name-ask = What is the donor’s name?
form-contribution-donor_name-help = For land, the name as on the certificate; for a household, its head; for a village, “Nhân dân thôn” and its name.
form-contribution-donor_role = Donor’s position
form-contribution-donor_role-ask = What position does the donor hold?
form-contribution-donor_household = Household in the book
form-contribution-donor_household-ask = Which household on the list is it?
form-contribution-village = Village
form-contribution-village-ask = In which village does the donor live?
form-contribution-area_m2 = Area
form-contribution-area_m2-ask = How many square metres of land were given?
form-contribution-area_text = Area as told
form-contribution-area_text-ask = How did the donor put the area?
form-contribution-area_text-help = In the donor’s own words, for example “3 sào”.
form-contribution-area_source = Source of the area
form-contribution-area_source-ask = Where does this figure come from?
form-contribution-amount_vnd = Amount
form-contribution-amount_vnd-ask = How much money was given?
form-contribution-labour_days = Labour days
form-contribution-labour_days-ask = How many days of labour were given?
form-contribution-labour_days-help = Half a day is 0,5. For several people, add up everyone’s days.
form-contribution-goods_name = Species, material or asset
form-contribution-goods_name-ask = Which trees, material or asset?
form-contribution-goods_qty = Quantity
form-contribution-goods_qty-ask = How much or how many?
form-contribution-goods_unit = Counted in
form-contribution-goods_unit-ask = In what unit?
form-contribution-value_estimate_vnd = Estimated value
form-contribution-value_estimate_vnd-ask = What is it worth, roughly?
form-contribution-value_estimate_vnd-help = Leave empty if unsure. It is never added to cash.
form-contribution-occurred_on = Given on
form-contribution-occurred_on-ask = On what day was it given?
form-contribution-work = Work
form-contribution-work-ask = Which work was it given for?
form-contribution-work_name = Name of the work
form-contribution-work_name-ask = What is the work called, if it is not on the list?
form-contribution-purpose = Used for
form-contribution-purpose-ask = What is it used for?
form-contribution-drive = Drive
form-contribution-drive-ask = Which drive is it part of?
form-contribution-drive-help = Leave empty if it is not part of one.
form-contribution-mobilised_by = Mobilised by
form-contribution-mobilised_by-ask = Who mobilised the donor?
form-contribution-mobilised_by-help = Leave empty if nobody did.
form-contribution-mobilised_by_role = Mobiliser’s position
form-contribution-mobilised_by_role-ask = What position does the mobiliser hold?
form-contribution-parcel_no = Parcel no.
form-contribution-parcel_no-ask = What is the number of the parcel?
form-contribution-parcel_no-help = Leave empty if unknown; the land officer will fill it in.
form-contribution-map_sheet = Map sheet
form-contribution-map_sheet-ask = Which map sheet is it on?
form-contribution-land_type = Kind of land
form-contribution-land_type-ask = What kind of land is it?
form-contribution-land_position = Where the land lies
form-contribution-land_position-ask = Are you standing on the land, so that its position can be saved?
form-contribution-dimensions = Dimensions
form-contribution-dimensions-ask = How long and wide is the piece given?
form-contribution-area_remaining_m2 = Area that remains
form-contribution-area_remaining_m2-ask = How many square metres of the parcel remain?
form-contribution-has_certificate = Land certificate
form-contribution-has_certificate-ask = Does the parcel have a land certificate?
form-contribution-co_users_agree = Co-users agree
form-contribution-co_users_agree-ask = Have the spouse and everyone who shares the land agreed?
form-contribution-trees_on_land = Trees and assets on the land
form-contribution-trees_on_land-ask = What stands on the land, and who clears it?
form-contribution-recipient = Recipient
form-contribution-recipient-ask = To whom is the land given?
form-contribution-no_compensation = No compensation claimed
form-contribution-no_compensation-ask = Does the donor give freely and claim no compensation?
form-contribution-no_dispute = Not disputed, not mortgaged
form-contribution-no_dispute-ask = Is the land free of dispute and mortgage?
form-contribution-stage = Stage
form-contribution-stage-ask = How far has it come?
form-contribution-handed_over_on = Handed over on
form-contribution-handed_over_on-ask = On what day was it handed over?
form-contribution-consent_publication = Consent to be named
form-contribution-consent_publication-ask = Does the donor agree to be named in reports?
form-contribution-consent_publication-help = Ask the donor. Leave empty if not asked; reports will not print the name.
form-contribution-paper_photo = Photo of the paper
form-contribution-paper_photo-ask = Can you photograph the signed paper?
form-contribution-paper_photo-help = Cover citizen-ID numbers first.
form-contribution-note = Note
form-contribution-note-ask = Is there anything to add?
form-contribution-rule-land_has_area = A gift of land needs an area greater than 0.
form-contribution-rule-cash_has_amount = A gift of cash needs an amount greater than 0.
form-contribution-rule-labour_has_days = A gift of labour needs a number of days greater than 0.
form-contribution-rule-goods_have_quantity = Trees, material and assets need a quantity greater than 0.
form-contribution-rule-goods_have_unit = A quantity needs a unit.
form-contribution-rule-goods_have_name = Please say which trees, material or asset.
form-contribution-rule-area_only_for_land = Only land has an area. Clear the area or choose another kind.
form-contribution-rule-amount_only_for_cash = Only cash has an amount. Clear the amount or choose another kind.
form-contribution-rule-days_only_for_labour = Only labour has days. Clear the days or choose another kind.
form-contribution-rule-quantity_only_for_goods = Only trees, material and assets have this quantity. Clear it or choose another kind.
form-contribution-rule-area_source_known = Please say where the area comes from.
form-contribution-rule-work_known = It is not said which work this is for.
form-contribution-rule-mobiliser_has_role = Please give the mobiliser’s position.
form-contribution-rule-co_users_asked = Everyone who shares the land must agree before minutes are drawn up.
form-contribution-rule-registered_only_land = Only land can have its change registered.
form-contribution-rule-handover_date_needs_stage = There is a handover date, so the stage should be handed over.
form-contribution-rule-handed_over_after_given = The handover lies before the day of giving. Check both days.

## A contribution drive

form-contribution_drive = Contribution drive
form-contribution_drive-help = Record it when a village agrees what each household gives for a work. Never name households that have not paid.
form-contribution_drive-section-decision = Decision
form-contribution_drive-section-purpose = What for
form-contribution_drive-section-rate = Rate per household
form-contribution_drive-section-households = Households
form-contribution_drive-group-work = Work
form-contribution_drive-group-rate = Rate per household
form-contribution_drive-group-households = Households taking part
form-contribution_drive-village = Village
form-contribution_drive-village-ask = In which village is the drive?
form-contribution_drive-decided_on = Decided on
form-contribution_drive-decided_on-ask = On what day was it agreed?
form-contribution_drive-decided_in = Decided in
form-contribution_drive-decided_in-ask = Where was it discussed and agreed?
form-contribution_drive-work = Work
form-contribution_drive-work-ask = Which work is the drive for?
form-contribution_drive-work_name = Name of the work
form-contribution_drive-work_name-ask = What is the work called, if it is not on the list?
form-contribution_drive-purpose = Used for
form-contribution_drive-purpose-ask = What is it used for?
form-contribution_drive-rate_vnd_per_household = Cash per household
form-contribution_drive-rate_vnd_per_household-ask = How much money does each household give?
form-contribution_drive-rate_days_per_household = Days per household
form-contribution_drive-rate_days_per_household-ask = How many days of labour does each household give?
form-contribution_drive-rate_days_per_household-help = Half a day is 0,5.
form-contribution_drive-households_expected = Households expected
form-contribution_drive-households_expected-ask = How many households are asked?
form-contribution_drive-households_agreed = Households that agreed
form-contribution_drive-households_agreed-ask = How many households agreed?
form-contribution_drive-households_paid = Households that gave
form-contribution_drive-households_paid-ask = How many households have given so far?
form-contribution_drive-households_paid-help = Leave empty if unknown. Reports then print the rate alone and no total.
form-contribution_drive-note = Note
form-contribution_drive-note-ask = Is there anything to add?
form-contribution_drive-rule-has_rate = Say how much money or how many days each household gives.
form-contribution_drive-rule-paid_within_expected = More households gave than were asked.
form-contribution_drive-rule-agreed_within_expected = More households agreed than were asked.
form-contribution_drive-rule-work_known = It is not said which work the drive is for.

## A work

form-work = Work
form-work-help = Roads, culture houses, kindergartens, canals and bridges that people built together.
form-work-section-what = The work
form-work-section-size = Size
form-work-section-progress = Progress
form-work-section-more = More
form-work-group-size = Size and surface
form-work-group-progress = Progress
form-work-kind = Kind of work
form-work-kind-ask = What kind of work is it?
form-work-name = Name
form-work-name-ask = What do people call it?
form-work-name-help = For example: Đường nội thôn Đồng Căm.
form-work-village = Village
form-work-village-ask = In which village is it?
form-work-village-help = If a road passes several villages, choose the one that leads the work.
form-work-length_m = Length
form-work-length_m-ask = How many metres long is it?
form-work-width_m = Width (m)
form-work-width_m-ask = How many metres wide is it?
form-work-surface = Surface
form-work-surface-ask = What is the road surfaced with?
form-work-status = Progress
form-work-status-ask = How far has the work come?
form-work-completed_on = Completed on
form-work-completed_on-ask = On what day was it completed?
form-work-position = Position
form-work-position-ask = Save the position of the work where you stand?
form-work-photo = Photo
form-work-photo-ask = Can you take a photo of the work?
form-work-note = Note
form-work-note-ask = Is there anything to add?
form-work-rule-length_only_for_lines = Only roads, canals and bridges have a length.
form-work-rule-width_only_for_lines = Only roads, canals and bridges have a width.
form-work-rule-surface_only_for_roads = Only roads have a surface.
form-work-rule-completion_only_when_done = There is a completion date, so the work should be done.
form-work-rule-done_has_date = The work is done: please give the day it was completed.

## A household

form-household = Household
form-household-help = Only households that give. No members, income or citizen-ID numbers.
form-household-section-household = Household
form-household-village = Village
form-household-village-ask = In which village is the household?
form-household-head_name = Head of household
form-household-head_name-ask = What is the name of the head of the household?
form-household-label = To tell apart
form-household-label-ask = If another head has the same name, what tells them apart?
form-household-label-help = For example “the house at the top of the village”. Leave empty if no name is shared.

## A person of the cell's roster

form-person = Person
form-person-help = Only what the cell’s work needs. No citizen ID, Party card, phone or religion.
form-person-section-name = Name
form-person-section-membership = Membership
form-person-section-roles = Positions
form-person-group-membership = Membership
form-person-honorific = Form of address
form-person-honorific-ask = How is this person addressed?
form-person-display_name = Full name
form-person-display_name-ask = What is the full name?
form-person-year_of_birth = Year of birth
form-person-year_of_birth-ask = If another person has the same name, in what year was this one born?
form-person-year_of_birth-help = Leave empty if no name is shared.
form-person-village = Village
form-person-village-ask = In which village does this person live?
form-person-membership = Membership
form-person-membership-ask = Is this person an official member, a probationary member or not a member?
form-person-exempt_from_meetings = Exempt from meetings
form-person-exempt_from_meetings-ask = Is this person exempt from meetings?
form-person-temporary = Temporary
form-person-temporary-ask = Does this person meet with the cell only for a time?
form-person-joined_on = Joined the cell on
form-person-joined_on-ask = On what day did this person join the cell?
form-person-left_on = Left the cell on
form-person-left_on-ask = On what day did this person leave the cell?
form-person-left_on-help = Leave empty while the person is still with the cell.
form-person-roles = Positions
form-person-roles-ask = Which positions does this person hold?
form-person-rule-leaves_after_joining = Nobody can leave the cell before joining it.
form-person-rule-exempt_only_members = Only members can be exempt from meetings.

## Units; -spoken is for reading a number back in words

unit-m2 = m²
unit-m2-spoken = square metres
unit-m = m
unit-m-spoken = metres
unit-dong = đồng
unit-dong-spoken = đồng
unit-labour_day = days
unit-labour_day-spoken = days of labour
unit-person = people
unit-person-spoken = people
unit-household = households
unit-household-spoken = households
unit-piece = pieces
unit-piece-spoken = pieces
unit-kg = kg
unit-kg-spoken = kilograms
unit-minute = min
unit-minute-spoken = minutes

## Kinds of unit in the organisation tree

org-kind-provincial_party_committee = Provincial Party committee
org-kind-district_party_committee = District Party committee
org-kind-commune_party_committee = Commune or township Party committee
org-kind-grassroots_party_committee = Grassroots Party committee
org-kind-section_party_committee = Sectional Party committee
org-kind-grassroots_cell = Grassroots cell
org-kind-sub_cell = Sub-cell
org-kind-party_group = Party group
org-kind-office = Office
org-kind-province = Province
org-kind-district = District
org-kind-commune = Commune
org-kind-township = Township
org-kind-ward = Ward
org-kind-village = Village

## The choices

choice-meeting_kind-regular = Regular
choice-meeting_kind-thematic = Thematic
choice-meeting_kind-combined = Regular and thematic in one
choice-meeting_kind-extraordinary = Extraordinary
choice-meeting_kind-congress = Cell congress
choice-meeting_kind-registration_ceremony = Registration ceremony

choice-agenda_kind-study = Study of Hồ Chí Minh’s example
choice-agenda_kind-current_affairs = Current affairs and policy
choice-agenda_kind-superior_resolution = Documents and resolutions from above
choice-agenda_kind-month_review = Review of the past month
choice-agenda_kind-next_month = Tasks for next month
choice-agenda_kind-cadre_assessment = Assessment of key cadres
choice-agenda_kind-pressing_issue = Pressing issue
choice-agenda_kind-member_development = Bringing in new members
choice-agenda_kind-criticism = Self-criticism and criticism
choice-agenda_kind-commendation = Commendation
choice-agenda_kind-mobilisation = Mobilising for works
choice-agenda_kind-dues = Membership dues
choice-agenda_kind-other = Other

choice-contribution_kind-land = Land
choice-contribution_kind-trees = Trees and crops
choice-contribution_kind-cash = Cash
choice-contribution_kind-labour_day = Labour days
choice-contribution_kind-material = Material
choice-contribution_kind-dismantled_asset = Dismantled asset

choice-donor_kind-individual = Individual
choice-donor_kind-household = Household
choice-donor_kind-village = The whole village
choice-donor_kind-organisation = Organisation

choice-role-secretary = Cell secretary
choice-role-deputy_secretary = Deputy cell secretary
choice-role-cell_executive_member = Cell executive member
choice-role-party_member = Party member
choice-role-village_head = Village head
choice-role-deputy_village_head = Deputy village head
choice-role-front_committee_head = Head of the Fatherland Front committee
choice-role-mass_organisation_head = Head of a mass organisation in the village
choice-role-respected_person = Respected elder
choice-role-commune_officer = Commune officer
choice-role-teacher = Teacher
choice-role-health_worker = Health worker
choice-role-villager = Villager
choice-role-other = Other

choice-area_source-self_declared = Declared by the donor
choice-area_source-tape_measured = Measured with a tape
choice-area_source-cadastral_extract = Cadastral survey extract

choice-goods_unit-tree = trees
choice-goods_unit-clump = clumps
choice-goods_unit-kg = kg
choice-goods_unit-bag = bags
choice-goods_unit-m3 = m³
choice-goods_unit-m2 = m²
choice-goods_unit-m = m
choice-goods_unit-piece = pieces
choice-goods_unit-truckload = truckloads
choice-goods_unit-other = other unit

choice-contribution_purpose-construction = Building it
choice-contribution_purpose-widening = Widening
choice-contribution_purpose-site_clearance = Site clearance
choice-contribution_purpose-levelling = Levelling
choice-contribution_purpose-concrete_pouring = Pouring concrete
choice-contribution_purpose-repair = Repair
choice-contribution_purpose-other = Other

choice-contribution_stage-pledged = Pledged
choice-contribution_stage-minuted = Minutes drawn up
choice-contribution_stage-handed_over = Handed over
choice-contribution_stage-change_registered = Land change registered

choice-land_type-residential = Residential
choice-land_type-garden = Garden
choice-land_type-paddy = Paddy
choice-land_type-upland_field = Upland field
choice-land_type-perennial_crops = Perennial crops
choice-land_type-forest = Forest
choice-land_type-pond = Pond
choice-land_type-other = Other

choice-land_recipient-state = The State
choice-land_recipient-village_community = The village community

choice-decided_in-village_meeting = Village meeting
choice-decided_in-cell_meeting = Cell meeting
choice-decided_in-household_opinions = Asking each household
choice-decided_in-other = Other

choice-work_kind-rural_road = Rural road
choice-work_kind-in_village_road = Road inside the village
choice-work_kind-inter_village_road = Road between villages
choice-work_kind-field_road = Field road
choice-work_kind-culture_house = Village culture house
choice-work_kind-kindergarten = Kindergarten
choice-work_kind-canal = Irrigation canal
choice-work_kind-bridge = Bridge
choice-work_kind-other = Other

choice-work_status-mobilising = Mobilising
choice-work_status-under_way = Under way
choice-work_status-done = Done

choice-surface-concrete = Concrete
choice-surface-gravel = Gravel
choice-surface-earth = Earth

choice-honorific-mr = Mr
choice-honorific-mrs = Mrs
choice-honorific-miss = Ms
choice-honorific-comrade = Comrade

choice-membership-official = Official member
choice-membership-probationary = Probationary member
choice-membership-not_member = Not a member
